import { accept, refuse, type Decision } from '../decision.ts';
import type { Refusal } from '../refusals.ts';
import { unsoundAmount } from '../unsound-amount.ts';
import type { IssueNotice } from './notice-commands.ts';
import type { Annex, NoticeEvent } from './notice-events.ts';
import type { NoticeState } from './notice-state.ts';

/** 印发: at least one line, every line above zero, every stated total equal to the sum of its lines. */
export const issueNotice = ({ data }: IssueNotice, notice: NoticeState): Decision<NoticeEvent> => {
  const { noticeId, annexes } = data;
  if (notice.status !== 'none') return refuse({ code: 'notice-already-issued', noticeId });
  const lines = annexes.flatMap((annex) => annex.lines);
  if (lines.length === 0) return refuse({ code: 'notice-without-lines', noticeId });
  for (const { amountFen } of lines) {
    const unsound = unsoundAmount(amountFen);
    if (unsound) return refuse(unsound);
  }
  const differing = firstDifferingTotal(annexes);
  if (differing) return refuse(differing);
  return accept({ type: 'NoticeIssued', data: { ...data, edition: data.edition ?? 1 } });
};

/** Refusal of the first annex whose stated 合计 differs from its lines; an annex may state none. */
const firstDifferingTotal = (annexes: readonly Annex[]): Refusal | undefined => {
  for (const { annex, statedTotalFen, lines } of annexes) {
    const sumFen = lines.reduce((sum, line) => sum + line.amountFen, 0n);
    if (statedTotalFen !== undefined && statedTotalFen !== sumFen) {
      return { code: 'stated-total-differs', annex, statedFen: statedTotalFen, sumFen };
    }
  }
  return undefined;
};
