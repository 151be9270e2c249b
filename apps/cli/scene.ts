import type { Command } from 'commander';
import type { AsOfFault, Reflects } from '#history/as-of/as-of-request';
import type { View } from '#projections/engine/view';
import { openQueryContext, type QueryContext } from '#application/queries/query-context';
import { withCommonOptions, type CommonOptions } from './session/common-options.ts';
import { badInput } from './session/exit-codes.ts';
import { withReader } from './session/open-ledger.ts';
import { reflected } from './session/reflected.ts';
import type { Session } from './session/session.ts';

export interface AsOfOptions extends CommonOptions {
  readonly asOf?: string;
  readonly knownAt?: string;
  readonly position?: string;
}

/** The options of a command that can look at any point in the past. */
export const withAsOfOptions = (command: Command, session: Session): Command =>
  withCommonOptions(command, session)
    .option('--as-of <date>', '截至业务日期 what had happened by a day')
    .option('--known-at <instant>', '截至时刻所知 what was known at an instant or a day’s end')
    .option('--position <n>', '截至日志位置 what was known at a position of the log');

/** The ledger as it is, or as it was at the point that the options name. */
export const withQueryContext = async (
  session: Session,
  options: AsOfOptions,
  views: readonly View[],
  work: (context: QueryContext) => void | Promise<void>,
): Promise<void> =>
  withReader(session, options, async (ledger) => {
    const now = await reflected(ledger.log);
    const found = await openQueryContext(ledger, options, views, now.position);
    if (found.kind === 'faulty') return refuseAsOf(found.faults);
    const { context } = found;
    const reflects = context.asOf === undefined ? now : context.reflects;
    await work({ ...context, reflects });
  });

/** Says everything that is wrong with a point in time. */
export const refuseAsOf = (faults: readonly AsOfFault[]): never => {
  const told = (lang: 'zh' | 'en') => faults.map((fault) => fault[lang]).join('\n');
  throw badInput(told('zh'), told('en'));
};

/** The day a question is held against: the one asked for, else the day looked back to. */
export const dayOf = (on: string | undefined, { asOf }: AsOfOptions): string | undefined =>
  on ?? asOf;

/** The line under a table that says what it reflects. */
export const footnote = ({ position, asOf, knownAt }: Reflects): string =>
  [
    ...(asOf === undefined ? [] : [`截至业务日期 ${asOf}`]),
    ...(knownAt === undefined ? [] : [`截至 ${knownAt} 所知`]),
    `日志位置 ${position}`,
  ].join(';');
