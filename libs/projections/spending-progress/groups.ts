import { monthAfter, type BusinessDate } from '#ledger/calendar';
import { added, NO_SUMS, type AccountSums } from '../money/account-sums.ts';

/** Money of one fiscal year in one group, before it is judged. */
export interface ProgressPart extends AccountSums {
  readonly key: string;
  readonly label: string;
  readonly fiscalYear: number;
  readonly allocations: number;
}

/** Money grouped as asked, and how much of it was allocated of each fiscal year, in fen. */
export interface ProgressGroup extends Omit<ProgressPart, 'fiscalYear'> {
  readonly allocatedOfYear: ReadonlyMap<number, number>;
}

/** The groups that parts make, the most allocated first. */
export const groupsOf = (parts: readonly ProgressPart[]): readonly ProgressGroup[] => {
  const groups = new Map<string, ProgressGroup>();
  for (const part of parts) groups.set(part.key, joined(groups.get(part.key), part));
  return [...groups.values()].sort(
    (left, right) =>
      left.sourceFen - right.sourceFen ||
      (left.label < right.label ? -1 : left.label > right.label ? 1 : 0),
  );
};

/** All parts as one group. */
export const totalOf = (parts: readonly ProgressPart[]): ProgressGroup =>
  parts.reduce<ProgressGroup>(joined, NO_GROUP);

const NO_GROUP: ProgressGroup = {
  ...{ key: 'total', label: '合计', allocations: 0 },
  ...NO_SUMS,
  allocatedOfYear: new Map(),
};

const joined = (group: ProgressGroup | undefined, part: ProgressPart): ProgressGroup => {
  const { key, label, fiscalYear, allocations, sourceFen } = part;
  const ofYear = group?.allocatedOfYear.get(fiscalYear) ?? 0;
  return {
    key: group?.key ?? key,
    label: group?.label ?? label,
    allocations: (group?.allocations ?? 0) + allocations,
    ...added(group ?? NO_SUMS, part),
    allocatedOfYear: new Map(group?.allocatedOfYear).set(fiscalYear, ofYear - sourceFen),
  };
};

/** What happened in one month to the money of one fiscal year. */
export interface MonthPart extends AccountSums {
  /** `YYYY-MM` */
  readonly month: string;
  readonly fiscalYear: number;
}

/**
 * Every month from the first that has a part, with all that had happened by its end: until the last
 * that has a part, and no less than until the day's month or the end of the last fiscal year,
 * whichever is earlier.
 */
export const cumulated = (
  parts: readonly MonthPart[],
  on: BusinessDate,
): readonly ProgressGroup[] => {
  const byMonth = Map.groupBy(parts, ({ month }) => month);
  const months = [...byMonth.keys()].sort();
  const first = months[0];
  const groups: ProgressGroup[] = [];
  if (first === undefined) return groups;
  const lastYear = parts.reduce((year, { fiscalYear }) => Math.max(year, fiscalYear), 0);
  const due = [on.slice(0, 'YYYY-MM'.length), `${lastYear}-12`].sort()[0] ?? first;
  const last = [...months, due].sort().at(-1) ?? first;
  for (let month = first; month <= last; month = monthAfter(month)) {
    let soFar: ProgressGroup = groups.at(-1) ?? NO_GROUP;
    for (const part of byMonth.get(month) ?? []) {
      soFar = joined(soFar, { ...part, key: month, label: month, allocations: 0 });
    }
    groups.push({ ...soFar, key: month, label: month });
  }
  return groups;
};
