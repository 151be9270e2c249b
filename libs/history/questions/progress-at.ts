import { dateOfDayNumber } from '#ledger/calendar';
import { moved, NO_SUMS } from '#projections/money/account-sums';
import { transferKindAt } from '#ledger/fund/transfer';
import {
  cumulated,
  groupsOf,
  totalOf,
  type MonthPart,
  type ProgressPart,
} from '#projections/spending-progress/groups';
import {
  toProgressReport,
  type ProgressQuestion,
  type ProgressReport,
} from '#projections/spending-progress/report';
import type { AsOf } from '../as-of/as-of.ts';
import { isCounted, type AllocationDimension } from '../postings/dimensions.ts';
import type { History } from '../postings/history.ts';
import { groupingAt } from './grouping.ts';
import type { Posting } from '../postings/postings.ts';

/** How far the money had got within the bounds, grouped as asked. */
export const progressAt = (
  { dimensions, postings }: Pick<History, 'dimensions' | 'postings'>,
  asOf: AsOf,
  question: ProgressQuestion,
): ProgressReport => {
  const { by, fiscalYear } = question;
  const isAsked = (fact: AllocationDimension) =>
    fiscalYear === undefined || fact.fiscalYear === fiscalYear;
  const sums = dimensions.allocations.map(() => NO_SUMS);
  const months = new Map<string, MonthPart>();
  postings.each(asOf, (posting) => {
    const fact = dimensions.allocations[posting.allocation];
    if (fact === undefined || !isAsked(fact)) return;
    const transfer = transferOf(posting);
    sums[posting.allocation] = moved(sums[posting.allocation] ?? NO_SUMS, transfer);
    if (by !== 'month') return;
    const month = dateOfDayNumber(posting.day).slice(0, 7);
    const key = `${month}/${fact.fiscalYear}`;
    const soFar = months.get(key) ?? { month, fiscalYear: fact.fiscalYear, ...NO_SUMS };
    months.set(key, moved(soFar, transfer));
  });

  // Months are told from the postings above, whatever their allocations are grouped by.
  const grouping = by === 'month' ? 'batch' : by;
  const groupOf = groupingAt(dimensions, asOf, grouping, (at, place) => at.name(place));
  const parts: ProgressPart[] = [];
  for (const [number, fact] of dimensions.allocations.entries()) {
    const own = sums[number] ?? NO_SUMS;
    const isMade = isCounted(fact, asOf);
    if (!isAsked(fact) || (!isMade && own === NO_SUMS)) continue;
    parts.push({
      ...groupOf(fact),
      fiscalYear: fact.fiscalYear,
      allocations: Number(isMade),
      ...own,
    });
  }
  const groups = by === 'month' ? cumulated([...months.values()], question.on) : groupsOf(parts);
  return toProgressReport(question, groups, totalOf(parts));
};

const transferOf = ({ transferKind, amountFen }: Posting) => ({
  ...transferKindAt(transferKind),
  amountFen,
});
