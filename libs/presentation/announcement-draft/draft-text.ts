import { printable } from '../printable.ts';
import type { DraftAmounts, DraftLine, SignedDraft } from './announcement-draft.ts';

/** The poster as plain text, such as goes on a web site or into a letter; what the ledger says is one line each. */
export const draftText = ({ title, particulars, lines, total, note }: SignedDraft): string => {
  const text = [
    title,
    '',
    ...particulars.map(([name, value]) => `${name}:${value}`),
    '',
    ...lines.map((line, at) => `${at + 1}. ${subjectOf(line)}:${amounts(line)}(${line.source})`),
    `合计:${amounts(total)}`,
    '',
    CHECKPOINT,
    '',
  ];
  return [...text.map(printable), note].join('\n');
};

export const CHECKPOINT =
  '以上数字出自已签名的台账。下面的检查点请拍照或抄存:凭它可以查出此前的账有没有被改动。';

const subjectOf = ({ place, project, implementer }: DraftLine): string =>
  [place, project, implementer].filter((part) => part !== '—').join(' ');

const amounts = ({ allocated, arrived, paid }: DraftAmounts): string =>
  `安排 ${allocated} 万元,到账 ${arrived} 万元,支付 ${paid} 万元`;
