import type { Reflects } from '#history/as-of/as-of-request';

/** The line under a table that says what it reflects. */
export const footnote = ({ position, asOf, knownAt }: Reflects): string =>
  [
    ...(asOf === undefined ? [] : [`截至业务日期 ${asOf}`]),
    ...(knownAt === undefined ? [] : [`截至 ${knownAt} 所知`]),
    `日志位置 ${position}`,
  ].join(';');
