import { SUM_COLUMNS } from '../money/account-sums.ts';
import type { ReadDatabase } from '../engine/read-database.ts';
import { cumulated, groupsOf, totalOf, type ProgressPart } from './groups.ts';
import {
  toProgressReport,
  type ProgressDimension,
  type ProgressQuestion,
  type ProgressReport,
} from './report.ts';
import type { MonthRow } from './view.ts';

/** How far the money has got, grouped as asked. Months are cumulative: what had happened by their end. */
export const spendingProgress = (db: ReadDatabase, question: ProgressQuestion): ProgressReport => {
  const { by, fiscalYear } = question;
  const parts = partsBy(db, by === 'month' ? TOTAL : GROUPINGS[by], fiscalYear);
  const groups =
    by === 'month' ? cumulated(monthParts(db, fiscalYear), question.on) : groupsOf(parts);
  return toProgressReport(question, groups, totalOf(parts));
};

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

const TOTAL: Grouping = { key: "'total'", label: "'合计'" };

const partsBy = (
  db: ReadDatabase,
  grouping: Grouping,
  fiscalYear: number | undefined,
): readonly ProgressPart[] =>
  db.all<ProgressPart>(sumSql(grouping, fiscalYear), ...yearValues(fiscalYear));

const SUMS = SUM_COLUMNS.map((column) => `coalesce(sum(l.${column}), 0) AS ${column}`).join(', ');

/** Lines joined with the place that has their money now, mergers followed to their end. */
const sumSql = ({ key, label }: Grouping, fiscalYear: number | undefined): string => `
  WITH RECURSIVE heir (placeId, heirId) AS (
    SELECT placeId, placeId FROM spending_progress_place WHERE mergedInto IS NULL
    UNION ALL
    SELECT p.placeId, heir.heirId
    FROM spending_progress_place p JOIN heir ON p.mergedInto = heir.placeId
  )
  SELECT ${key} AS key, ${label} AS label, l.fiscalYear, count(*) - sum(l.isVoid) AS allocations, ${SUMS}
  FROM spending_progress l
  JOIN heir ON heir.placeId = l.placeId
  JOIN spending_progress_place p ON p.placeId = heir.heirId
  LEFT JOIN heir town
    ON town.placeId = CASE p.level WHEN 'town' THEN p.placeId WHEN 'village' THEN p.parentId END
  LEFT JOIN spending_progress_place t ON t.placeId = town.heirId
  ${fiscalYear === undefined ? '' : 'WHERE l.fiscalYear = ?'}
  GROUP BY 1, l.fiscalYear ORDER BY l.fiscalYear`;

const monthParts = (db: ReadDatabase, fiscalYear: number | undefined): readonly MonthRow[] =>
  db.all<MonthRow>(
    `SELECT * FROM spending_progress_month
     ${fiscalYear === undefined ? '' : 'WHERE fiscalYear = ?'} ORDER BY month, fiscalYear`,
    ...yearValues(fiscalYear),
  );

const yearValues = (fiscalYear: number | undefined): readonly number[] =>
  fiscalYear === undefined ? [] : [fiscalYear];
