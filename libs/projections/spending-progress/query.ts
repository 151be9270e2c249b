import { timeProgress, type BusinessDate } from '#ledger/calendar';
import { shareBp } from '#ledger/share';
import {
  added,
  NO_SUMS,
  SUM_COLUMNS,
  type AccountSums,
  toSums,
  type Sums,
} from '../money/account-sums.ts';
import type { ReadDatabase } from '../engine/read-database.ts';
import type { MonthRow } from './view.ts';

export const PROGRESS_DIMENSIONS = ['place', 'town', 'batch', 'level', 'type', 'month'] as const;
export type ProgressDimension = (typeof PROGRESS_DIMENSIONS)[number];

export interface ProgressQuestion {
  readonly by: ProgressDimension;
  readonly fiscalYear?: number;
  /** The day whose 序时进度 spending is held against. */
  readonly on: BusinessDate;
}

export interface ProgressReport {
  readonly by: ProgressDimension;
  readonly fiscalYear?: number;
  readonly on: BusinessDate;
  readonly timeProgress: { readonly day: number; readonly days: number; readonly bp: number };
  readonly lines: readonly ProgressLine[];
  readonly total: ProgressLine;
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
  /** How far paid ÷ allocated stays behind 序时进度; negative when it is ahead. */
  readonly behindBp: number | null;
}

/** How far the money has got, grouped as asked. Months are cumulative: what had happened by their end. */
export const spendingProgress = (db: ReadDatabase, question: ProgressQuestion): ProgressReport => {
  const { by, fiscalYear } = question;
  const groups = by === 'month' ? byMonth(db, fiscalYear) : byGroup(db, by, fiscalYear);
  const total = db.get<ProgressGroup>(sumSql(TOTAL, fiscalYear), ...yearValues(fiscalYear));
  return toProgressReport(question, groups, total ?? NO_GROUP);
};

/** The report of groups in order, each held against the calendar. */
export const toProgressReport = (
  { by, fiscalYear, on }: ProgressQuestion,
  groups: readonly ProgressGroup[],
  total: ProgressGroup,
): ProgressReport => {
  const clock = clockOn(on, fiscalYear);
  return {
    by,
    ...(fiscalYear === undefined ? {} : { fiscalYear }),
    on,
    timeProgress: clock,
    lines: groups.map((group) => toLine(group, clock.bp)),
    total: toLine(total, clock.bp),
  };
};

/** A fiscal year that is over has run its whole time; one that has not begun, none of it. */
const clockOn = (on: BusinessDate, fiscalYear = Number(on.slice(0, 4))) => {
  const year = Number(on.slice(0, 4));
  const { day, days } = timeProgress(year === fiscalYear ? on : `${fiscalYear}-12-31`);
  const passed = year < fiscalYear ? 0 : day;
  return { day: passed, days, bp: share(passed, days) ?? 0 };
};

/** Money grouped as asked, before it is judged. */
export interface ProgressGroup extends AccountSums {
  readonly key: string;
  readonly label: string;
  readonly allocations: number;
}

const NO_GROUP: ProgressGroup = { key: 'total', label: '合计', allocations: 0, ...NO_SUMS };

interface Grouping {
  readonly key: string;
  readonly label: string;
}

/** Key and label of each grouping, over a line `l`, its place now `p` and that place's town `t`. */
const GROUPINGS = {
  place: { key: 'p.placeId', label: 'p.name' },
  town: { key: "coalesce(t.placeId, 'county')", label: "coalesce(t.name, '县级')" },
  batch: { key: 'l.batch', label: 'l.batch' },
  level: { key: 'l.fundingLevel', label: 'l.fundingLevel' },
  type: { key: "coalesce(l.projectType, '')", label: "coalesce(l.projectType, '未分类')" },
} as const satisfies Record<Exclude<ProgressDimension, 'month'>, Grouping>;

const byGroup = (
  db: ReadDatabase,
  by: keyof typeof GROUPINGS,
  fiscalYear: number | undefined,
): readonly ProgressGroup[] =>
  db.all<ProgressGroup>(
    `${sumSql(GROUPINGS[by], fiscalYear)} GROUP BY 1 ORDER BY sum(l.sourceFen), label`,
    ...yearValues(fiscalYear),
  );

const TOTAL: Grouping = { key: "'total'", label: "'合计'" };

const SUMS = SUM_COLUMNS.map((column) => `coalesce(sum(l.${column}), 0) AS ${column}`).join(', ');

/** Lines joined with the place that has their money now, mergers followed to their end. */
const sumSql = ({ key, label }: Grouping, fiscalYear: number | undefined): string => `
  WITH RECURSIVE heir (placeId, heirId) AS (
    SELECT placeId, placeId FROM spending_progress_place WHERE mergedInto IS NULL
    UNION ALL
    SELECT p.placeId, heir.heirId
    FROM spending_progress_place p JOIN heir ON p.mergedInto = heir.placeId
  )
  SELECT ${key} AS key, ${label} AS label, count(*) AS allocations, ${SUMS}
  FROM spending_progress l
  JOIN heir ON heir.placeId = l.placeId
  JOIN spending_progress_place p ON p.placeId = heir.heirId
  LEFT JOIN heir town
    ON town.placeId = CASE p.level WHEN 'town' THEN p.placeId WHEN 'village' THEN p.parentId END
  LEFT JOIN spending_progress_place t ON t.placeId = town.heirId
  ${fiscalYear === undefined ? '' : 'WHERE l.fiscalYear = ?'}`;

const byMonth = (db: ReadDatabase, fiscalYear: number | undefined): readonly ProgressGroup[] => {
  const rows = db.all<MonthRow>(
    `SELECT * FROM spending_progress_month
     ${fiscalYear === undefined ? '' : 'WHERE fiscalYear = ?'} ORDER BY month, fiscalYear`,
    ...yearValues(fiscalYear),
  );
  const groups: ProgressGroup[] = [];
  let sums: AccountSums = NO_SUMS;
  for (const row of rows) {
    sums = added(sums, row);
    if (groups.at(-1)?.key === row.month) groups.pop();
    groups.push({ key: row.month, label: row.month, allocations: 0, ...sums });
  }
  return groups;
};

const yearValues = (fiscalYear: number | undefined): readonly number[] =>
  fiscalYear === undefined ? [] : [fiscalYear];

const toLine = (group: ProgressGroup, clockBp: number): ProgressLine => {
  const { key, label, allocations } = group;
  const sums = toSums(group);
  const paidOfAllocatedBp = share(sums.paidFen, sums.allocatedFen);
  return {
    key,
    label,
    allocations,
    ...sums,
    paidOfAllocatedBp,
    paidOfArrivedBp: share(sums.paidFen, sums.arrivedFen),
    behindBp: paidOfAllocatedBp === null ? null : clockBp - paidOfAllocatedBp,
  };
};

const share = (partFen: number, wholeFen: number): number | null =>
  shareBp(BigInt(partFen), BigInt(wholeFen));
