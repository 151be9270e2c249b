import {
  ACCOUNT_COLUMNS,
  moved,
  NO_SUMS,
  SUM_COLUMNS,
  type AccountSums,
} from '../money/account-sums.ts';
import { placeHandlers, placeTable } from '../places/place-rows.ts';
import { defineView, type RowsOf } from '../engine/view.ts';
import { table } from '../engine/table.ts';

/** One allocation with everything its money may be grouped by. */
export interface ProgressRow extends AccountSums {
  readonly stream: string;
  readonly placeId: string;
  readonly fiscalYear: number;
  readonly batch: string;
  readonly fundingLevel: string;
  /** Null while nobody has said: unclassified money is shown as such. */
  readonly projectType: string | null;
  /** 1 where it was voided: it counts no more. */
  readonly isVoid: 0 | 1;
}

/** What happened in one month to the money of one fiscal year. */
export interface MonthRow extends AccountSums {
  /** `<fiscalYear>/<YYYY-MM>` */
  readonly key: string;
  readonly fiscalYear: number;
  readonly month: string;
}

const tables = {
  lines: table<ProgressRow>(
    'spending_progress',
    'stream',
    {
      stream: 'TEXT',
      placeId: 'TEXT',
      fiscalYear: 'INTEGER',
      batch: 'TEXT',
      fundingLevel: 'TEXT',
      projectType: 'TEXT',
      isVoid: 'INTEGER',
      ...ACCOUNT_COLUMNS,
    },
    { summed: SUM_COLUMNS },
  ),
  months: table<MonthRow>('spending_progress_month', 'key', {
    key: 'TEXT',
    fiscalYear: 'INTEGER',
    month: 'TEXT',
    ...ACCOUNT_COLUMNS,
  }),
  places: placeTable('spending_progress_place'),
};

export const spendingProgressView = defineView({
  name: 'spending-progress',
  version: 2,
  tables,
  on: {
    ...placeHandlers,
    FundsAllocated: ({ lines }, { stream, data }) =>
      lines.put({
        stream,
        placeId: data.placeId,
        fiscalYear: data.fiscalYear,
        batch: data.batch,
        fundingLevel: data.fundingLevel,
        projectType: data.project?.projectType ?? null,
        isVoid: 0,
        ...NO_SUMS,
      }),
    AllocationClassified: (rows, { stream, data: { projectType } }) =>
      rows.lines.put({ ...lineOf(rows, stream), projectType }),
    AllocationVoided: (rows, { stream }) => rows.lines.put({ ...lineOf(rows, stream), isVoid: 1 }),
  },
  onTransfer: (rows, { stream, transfer, occurredOn }) => {
    const line = lineOf(rows, stream);
    rows.lines.put(moved(line, transfer));
    const { fiscalYear } = line;
    const month = occurredOn.slice(0, 7);
    const key = `${fiscalYear}/${month}`;
    const soFar = rows.months.get(key) ?? { key, fiscalYear, month, ...NO_SUMS };
    rows.months.put(moved(soFar, transfer));
  },
});

const lineOf = ({ lines }: RowsOf<typeof tables>, stream: string): ProgressRow => {
  const line = lines.get(stream);
  if (line === undefined) throw new Error(`Money moves in ${stream}, which was never allocated.`);
  return line;
};
