import { spendingProgress } from '#projections/spending-progress/query';
import type { ProgressLine } from '#projections/spending-progress/report';
import { fiscalYears } from '#projections/allocation-register/query';
import type { Scope } from '../scope.ts';
import { columnsOf, type Table } from '../table.ts';
import { SUM_COLUMNS } from './sums.ts';

interface Row extends ProgressLine {
  readonly by: 'month' | 'town';
  readonly fiscalYear: number;
}

const { number, share, text } = columnsOf<Row>();

export const PROGRESS: Table<Row> = {
  name: 'progress',
  zh: '支出进度:每个资金年度按月(累计到月末)、按镇',
  en: 'spending of each fiscal year by month (up to its end) and by town',
  source: 'spending-progress',
  indexed: ['key'],
  columns: [
    number('fiscalYear', '资金年度', 'fiscal year', (row) => row.fiscalYear),
    text('groupedBy', '分组:month 或 town', 'grouped by month or town', (row) => row.by),
    text('key', '月份,或镇的编号', 'month, or id of the town', (row) => row.key),
    text('label', '名称', 'name', (row) => row.label),
    number('allocations', '资金笔数;按月为 0', 'allocations; 0 by month', (row) => row.allocations),
    ...SUM_COLUMNS,
    share('paidOfAllocatedBp', '支付 ÷ 下达', 'paid ÷ allocated', (row) => row.paidOfAllocatedBp),
    share('paidOfArrivedBp', '支付 ÷ 到账', 'paid ÷ arrived', (row) => row.paidOfArrivedBp),
    share(
      'behindBp',
      '落后序时进度;负数为超前',
      'behind the calendar; below zero: ahead',
      (row) => row.behindBp,
    ),
  ],
};

export const progressRows = (scope: Scope): readonly Row[] =>
  fiscalYears(scope.db, scope.year).flatMap((fiscalYear) =>
    (['month', 'town'] as const).flatMap((by) =>
      spendingProgress(scope.db, { by, fiscalYear, on: scope.on }).lines.map((line) => ({
        ...line,
        by,
        fiscalYear,
      })),
    ),
  );
