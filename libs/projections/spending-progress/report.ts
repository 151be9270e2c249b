import { lastDayOfMonth, timeProgress, type BusinessDate } from '#ledger/calendar';
import { shareBp } from '#ledger/share';
import { toSums, type Sums } from '../money/account-sums.ts';
import type { ProgressGroup } from './groups.ts';

export const PROGRESS_DIMENSIONS = ['place', 'town', 'batch', 'level', 'type', 'month'] as const;
export type ProgressDimension = (typeof PROGRESS_DIMENSIONS)[number];

export interface ProgressQuestion {
  readonly by: ProgressDimension;
  readonly fiscalYear?: number;
  /** The day whose 序时进度 spending is held against; a month that ended before is held against its end. */
  readonly on: BusinessDate;
}

export interface ProgressReport {
  readonly by: ProgressDimension;
  readonly fiscalYear?: number;
  readonly on: BusinessDate;
  readonly timeProgress: TimeProgress;
  readonly lines: readonly ProgressLine[];
  readonly total: ProgressLine;
}

/**
 * 序时进度 of all the money of the report, in basis points: what would be paid of it if each fiscal
 * year's money were spent evenly over its own calendar year.
 */
export interface TimeProgress {
  readonly bp: number;
  /** Day and days of the year, where the money is of one fiscal year. */
  readonly day?: number;
  readonly days?: number;
  /** How far each fiscal year is, where the money is of several. */
  readonly years?: readonly YearProgress[];
}

export interface YearProgress {
  readonly fiscalYear: number;
  readonly day: number;
  readonly days: number;
  readonly bp: number;
}

/** Sums in fen, shares in basis points (1/100 of a per cent), see `shareBp`; null where there is nothing to divide by. */
export interface ProgressLine extends Sums {
  readonly key: string;
  readonly label: string;
  readonly allocations: number;
  /** 支付 ÷ 下达 */
  readonly paidOfAllocatedBp: number | null;
  /** 支付 ÷ 到账 */
  readonly paidOfArrivedBp: number | null;
  /** How far paid ÷ allocated stays behind the line's own 序时进度; negative when it is ahead. */
  readonly behindBp: number | null;
}

/**
 * The report of groups in order and of all their money, each held against the calendar.
 *
 * 序时进度 of money of the fiscal years y is Σ allocated(y) × day(y) ÷ days(y), over Σ allocated(y):
 * reckoned in whole numbers over 365 × 366 and rounded once, as `shareBp` does. day(y) is the day of
 * the year y; all its days once y is over, none before it begins. Of one year that is day ÷ days.
 */
export const toProgressReport = (
  { by, fiscalYear, on }: ProgressQuestion,
  groups: readonly ProgressGroup[],
  total: ProgressGroup,
): ProgressReport => ({
  by,
  ...(fiscalYear === undefined ? {} : { fiscalYear }),
  on,
  timeProgress: timeProgressOf(total, on, fiscalYear),
  lines: groups.map((group) => toLine(group, by === 'month' ? withinMonth(group.key, on) : on)),
  total: toLine(total, on),
});

/** The end of a month, or the day itself while the month is going on. */
const withinMonth = (month: string, on: BusinessDate): BusinessDate => {
  const end = lastDayOfMonth(month);
  return end < on ? end : on;
};

const timeProgressOf = (
  { allocatedOfYear }: ProgressGroup,
  on: BusinessDate,
  fiscalYear: number | undefined,
): TimeProgress => {
  const withMoney = [...allocatedOfYear].filter(([, fen]) => fen !== 0);
  const [first = Number(on.slice(0, 4)), ...others] = withMoney.map(([year]) => year).sort();
  const bp = expectedBp(withMoney, on);
  if (fiscalYear !== undefined || others.length === 0 || bp === null) {
    const { day, days } = elapsed(fiscalYear ?? first, on);
    return { day, days, bp: bpOf(day, days) };
  }
  const years = [first, ...others].map((year) => {
    const { day, days } = elapsed(year, on);
    return { fiscalYear: year, day, days, bp: bpOf(day, days) };
  });
  return { bp, years };
};

/** How many days of a fiscal year are over on a day, that day included. */
const elapsed = (fiscalYear: number, on: BusinessDate) => {
  const year = Number(on.slice(0, 4));
  const { day, days } = timeProgress(year === fiscalYear ? on : `${fiscalYear}-12-31`);
  return { day: year < fiscalYear ? 0 : day, days };
};

/** Of both lengths of a year, so that money of either is divided without a rest. */
const DAYS_OF_BOTH = 365n * 366n;

/** What would be paid of the money by that day, each year's spent evenly; null of no money. */
const expectedBp = (
  ofYear: readonly (readonly [fiscalYear: number, fen: number])[],
  on: BusinessDate,
): number | null => {
  let expected = 0n;
  let whole = 0n;
  for (const [fiscalYear, fen] of ofYear) {
    const { day, days } = elapsed(fiscalYear, on);
    expected += (BigInt(fen) * BigInt(day) * DAYS_OF_BOTH) / BigInt(days);
    whole += BigInt(fen) * DAYS_OF_BOTH;
  }
  return shareBp(expected, whole);
};

const toLine = (group: ProgressGroup, on: BusinessDate): ProgressLine => {
  const { key, label, allocations, allocatedOfYear } = group;
  const sums = toSums(group);
  const paidOfAllocatedBp = shareOf(sums.paidFen, sums.allocatedFen);
  const clockBp = expectedBp([...allocatedOfYear], on);
  return {
    key,
    label,
    allocations,
    ...sums,
    paidOfAllocatedBp,
    paidOfArrivedBp: shareOf(sums.paidFen, sums.arrivedFen),
    behindBp: paidOfAllocatedBp === null || clockBp === null ? null : clockBp - paidOfAllocatedBp,
  };
};

const shareOf = (partFen: number, wholeFen: number): number | null =>
  shareBp(BigInt(partFen), BigInt(wholeFen));

const bpOf = (day: number, days: number): number => shareOf(day, days) ?? 0;
