import { ACCOUNT_COLUMNS, moved, NO_SUMS, type AccountSums } from '../money/account-sums.ts';
import { isPlaceEvent, foldPlace, placeTable } from '../places/succession.ts';
import { defineView, table, type RowsOf } from '../engine/view.ts';
import type { ViewEvent } from '../engine/view-event.ts';

/** One allocation with everything its money may be grouped by. */
export interface ProgressRow extends AccountSums {
  readonly stream: string;
  readonly placeId: string;
  readonly fiscalYear: number;
  readonly batch: string;
  readonly fundingLevel: string;
  /** Null while nobody has said: unclassified money is shown as such. */
  readonly projectType: string | null;
}

/** What happened in one month to the money of one fiscal year. */
export interface MonthRow extends AccountSums {
  /** `<fiscalYear>/<YYYY-MM>` */
  readonly key: string;
  readonly fiscalYear: number;
  readonly month: string;
}

const tables = {
  lines: table<ProgressRow>('spending_progress', 'stream', {
    stream: 'TEXT',
    placeId: 'TEXT',
    fiscalYear: 'INTEGER',
    batch: 'TEXT',
    fundingLevel: 'TEXT',
    projectType: 'TEXT',
    ...ACCOUNT_COLUMNS,
  }),
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
  version: 1,
  reads: [
    'PlaceRegistered',
    'PlaceRenamed',
    'PlaceMerged',
    'FundsAllocated',
    'AllocationClassified',
  ],
  tables,
  fold: (rows, event) => {
    if (isPlaceEvent(event)) return foldPlace(rows.places, event);
    if (event.type === 'AllocationClassified') {
      const { projectType } = event.data;
      return rows.lines.put({ ...lineOf(rows, event.stream), projectType });
    }
    if (event.transfer === undefined) return;
    const line = event.type === 'FundsAllocated' ? newLine(event) : lineOf(rows, event.stream);
    rows.lines.put(moved(line, event.transfer));
    const month = event.occurredOn.slice(0, 7);
    const key = `${line.fiscalYear}/${month}`;
    const soFar = rows.months.get(key) ?? { key, fiscalYear: line.fiscalYear, month, ...NO_SUMS };
    rows.months.put(moved(soFar, event.transfer));
  },
});

type Rows = RowsOf<typeof tables>;

const newLine = ({
  stream,
  data,
}: Extract<ViewEvent, { type: 'FundsAllocated' }>): ProgressRow => ({
  stream,
  placeId: data.placeId,
  fiscalYear: data.fiscalYear,
  batch: data.batch,
  fundingLevel: data.fundingLevel,
  projectType: data.project?.projectType ?? null,
  ...NO_SUMS,
});

const lineOf = (rows: Rows, stream: string): ProgressRow => {
  const line = rows.lines.get(stream);
  if (line === undefined) throw new Error(`Money moves in ${stream}, which was never allocated.`);
  return line;
};
