import { describe, expect, test } from '@jest/globals';
import { lastDayOfMonth, monthAfter } from '#ledger/calendar';
import { NO_SUMS } from '#projections/money/account-sums';
import {
  cumulated,
  groupsOf,
  totalOf,
  type MonthPart,
} from '#projections/spending-progress/groups';
import { toProgressReport, type ProgressReport } from '#projections/spending-progress/report';
import { fc } from '../../support/property.ts';

/** Money of one fiscal year in one group: so much allocated, and so much of it paid, in fen. */
interface Money {
  readonly key: string;
  readonly fiscalYear: number;
  readonly allocatedFen: number;
  readonly paidFen: number;
}

const accounts = ({ allocatedFen, paidFen }: Money) => ({
  ...NO_SUMS,
  sourceFen: 0 - allocatedFen,
  quotaFen: allocatedFen - paidFen,
  paidFen,
});

const report = (money: readonly Money[], on: string): ProgressReport => {
  const parts = money.map((one) => ({ ...one, label: one.key, allocations: 1, ...accounts(one) }));
  return toProgressReport({ by: 'batch', on }, groupsOf(parts), totalOf(parts));
};

const moneys = fc.array(
  fc
    .record({
      key: fc.constantFrom('甲', '乙'),
      fiscalYear: fc.integer({ min: 2022, max: 2026 }),
      allocatedFen: fc.integer({ min: 1, max: 10 ** 13 }),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
    })
    .map(({ share, ...one }) => ({ ...one, paidFen: Math.floor(one.allocatedFen * share) })),
  { minLength: 1, maxLength: 8 },
);

const days = fc
  .date({ min: new Date('2021-06-01'), max: new Date('2027-06-30'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

/** 序时进度 the slow way: fen by fen of each year's share of its own days, as one fraction, rounded at the end. */
const naiveClockBp = (money: readonly Money[], on: string): number => {
  let [top, bottom] = [0n, 1n];
  let whole = 0n;
  for (const { fiscalYear, allocatedFen } of money) {
    const [first, end] = [Date.UTC(fiscalYear, 0, 1), Date.UTC(fiscalYear + 1, 0, 1)];
    const length = BigInt((end - first) / 86_400_000);
    const reached = Math.min(end, Math.max(first, Date.parse(on) + 86_400_000));
    const passed = BigInt((reached - first) / 86_400_000);
    top = top * length + BigInt(allocatedFen) * passed * bottom;
    bottom *= length;
    whole += BigInt(allocatedFen);
  }
  const [part, all] = [top, whole * bottom];
  if (part === 0n) return 0;
  const bp = (part * 20_000n + all) / (2n * all);
  if (bp === 0n) return 1;
  return Number(bp === 10_000n && part !== all ? 9_999n : bp);
};

describe('given money of any fiscal years, no year asked for', () => {
  test('the report, its groups and its total are held against each year’s own calendar', () =>
    fc.assert(
      fc.property(moneys, days, (money, on) => {
        const { timeProgress, lines, total } = report(money, on);
        expect(timeProgress.bp).toBe(naiveClockBp(money, on));
        expect(total.behindBp).toBe(naiveClockBp(money, on) - (total.paidOfAllocatedBp ?? 0));
        for (const { key, behindBp, paidOfAllocatedBp } of lines) {
          const own = money.filter((one) => one.key === key);
          expect(behindBp).toBe(naiveClockBp(own, on) - (paidOfAllocatedBp ?? 0));
        }
      }),
    ));

  test('money of a year that is over is due in full beside money of the year that has begun', () => {
    const money = [
      { key: '甲', fiscalYear: 2024, allocatedFen: 300, paidFen: 300 },
      { key: '乙', fiscalYear: 2025, allocatedFen: 100, paidFen: 0 },
    ];
    const { timeProgress, lines } = report(money, '2025-03-14');
    expect(timeProgress).toEqual({
      bp: 8_000,
      years: [
        { fiscalYear: 2024, day: 366, days: 366, bp: 10_000 },
        { fiscalYear: 2025, day: 73, days: 365, bp: 2_000 },
      ],
    });
    expect(lines.map(({ key, behindBp }) => [key, behindBp])).toEqual([
      ['甲', 0],
      ['乙', 2_000],
    ]);
  });
});

describe('given money month by month', () => {
  const part = (month: string, money: Partial<Money>): MonthPart => {
    const one = { key: '', fiscalYear: 2024, allocatedFen: 0, paidFen: 0, ...money };
    return { month, fiscalYear: one.fiscalYear, ...accounts(one) };
  };
  const parts = [
    part('2024-06', { allocatedFen: 1_000, paidFen: 100 }),
    part('2024-11', { paidFen: 400 }),
    part('2025-02', { paidFen: 100 }),
  ];
  const byMonth = (on: string) =>
    toProgressReport({ by: 'month', fiscalYear: 2024, on }, cumulated(parts, on), totalOf([]))
      .lines;

  test('every month from the first to the last has its row, each held against its own end', () => {
    expect(
      byMonth('2025-02-10').map(({ key, paidFen, behindBp }) => [key, paidFen, behindBp]),
    ).toEqual([
      ['2024-06', 100, 4_973 - 1_000],
      ['2024-07', 100, 5_820 - 1_000],
      ['2024-08', 100, 6_667 - 1_000],
      ['2024-09', 100, 7_486 - 1_000],
      ['2024-10', 100, 8_333 - 1_000],
      ['2024-11', 500, 9_153 - 5_000],
      ['2024-12', 500, 10_000 - 5_000],
      ['2025-01', 500, 10_000 - 5_000],
      ['2025-02', 600, 10_000 - 6_000],
    ]);
  });

  test('months without events until the end of the fiscal year, or until the day, have their rows', () => {
    const keys = (on: string) =>
      cumulated(parts.slice(0, 2), on)
        .map(({ key }) => key)
        .slice(6);
    expect(keys('2024-11-30')).toEqual([]);
    expect(keys('2024-12-01')).toEqual(['2024-12']);
    expect(keys('2026-03-01')).toEqual(['2024-12']);
  });

  test('a month that is going on is held against the day asked about', () => {
    const [june] = byMonth('2024-06-15');
    expect(june?.behindBp).toBe(4_563 - 1_000);
  });
});

test('given any month, the next begins the day after it ends', () =>
  fc.assert(
    fc.property(days, (day) => {
      const month = day.slice(0, 7);
      const next = new Date(Date.parse(lastDayOfMonth(month)) + 86_400_000).toISOString();
      expect(next.slice(0, 10)).toBe(`${monthAfter(month)}-01`);
    }),
  ));
