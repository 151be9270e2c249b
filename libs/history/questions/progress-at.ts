import { dateOfDayNumber } from '#ledger/calendar';
import { added, moved, NO_SUMS, type AccountSums } from '#projections/money/account-sums';
import { transferKindAt } from '#ledger/fund/transfer';
import {
  toProgressReport,
  type ProgressGroup,
  type ProgressQuestion,
  type ProgressReport,
} from '#projections/spending-progress/query';
import { isWithin, type AsOf } from '../as-of/as-of.ts';
import type { AllocationDimension } from '../postings/dimensions.ts';
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
  const months = new Map<string, AccountSums>();
  postings.each(asOf, (posting) => {
    const fact = dimensions.allocations[posting.allocation];
    if (fact === undefined || !isAsked(fact)) return;
    const transfer = transferOf(posting);
    sums[posting.allocation] = moved(sums[posting.allocation] ?? NO_SUMS, transfer);
    if (by !== 'month') return;
    const month = dateOfDayNumber(posting.day).slice(0, 7);
    months.set(month, moved(months.get(month) ?? NO_SUMS, transfer));
  });

  const total: Grown = { key: 'total', label: '合计', allocations: 0, ...NO_SUMS };
  const groups = new Map<string, Grown>();
  // Months are told from the postings below, whatever their allocations are grouped by.
  const grouping = by === 'month' ? 'batch' : by;
  const groupOf = groupingAt(dimensions, asOf, grouping, (at, place) => at.name(place));
  for (const [number, fact] of dimensions.allocations.entries()) {
    const own = sums[number] ?? NO_SUMS;
    const isMade = isWithin(fact, asOf);
    if (!isAsked(fact) || (!isMade && own === NO_SUMS)) continue;
    const { key, label } = groupOf(fact);
    const group = groups.get(key) ?? { key, label, allocations: 0, ...NO_SUMS };
    groups.set(key, grown(group, own, isMade));
    Object.assign(total, grown(total, own, isMade));
  }
  const asked = by === 'month' ? cumulated(months) : [...groups.values()].sort(inOrder);
  return toProgressReport(question, asked, total);
};

type Grown = { -readonly [Field in keyof ProgressGroup]: ProgressGroup[Field] };

const grown = (group: Grown, own: AccountSums, isMade: boolean): Grown => ({
  ...group,
  ...added(group, own),
  allocations: group.allocations + Number(isMade),
});

const transferOf = ({ transferKind, amountFen }: Posting) => ({
  ...transferKindAt(transferKind),
  amountFen,
});

/** Months tell what had happened by their end. */
const cumulated = (months: ReadonlyMap<string, AccountSums>): readonly ProgressGroup[] => {
  let sums: AccountSums = NO_SUMS;
  return [...months.keys()].sort().map((month) => {
    sums = added(sums, months.get(month) ?? NO_SUMS);
    return { key: month, label: month, allocations: 0, ...sums };
  });
};

/** The most allocated first. */
const inOrder = (left: ProgressGroup, right: ProgressGroup): number =>
  left.sourceFen - right.sourceFen ||
  (left.label < right.label ? -1 : left.label > right.label ? 1 : 0);
