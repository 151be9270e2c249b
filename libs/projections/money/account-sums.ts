import { ACCOUNTS, type Account } from '#ledger/fund/transfer';
import type { ViewTransfer } from '../engine/view-event.ts';
import { FIGURE_NAMES, FLOW_NAMES, FLOWS, termsOf, type Figure, type Flow } from './figures.ts';

/** The accounts of the ledger, and the flows, as columns of a row. Safe integers of fen. */
export type AccountSums = Readonly<Record<`${Account | Flow}Fen`, number>>;
type Column = keyof AccountSums;

const columnOf = <Name extends Account | Flow>(name: Name): `${Name}Fen` => `${name}Fen`;

export const SUM_COLUMNS: readonly Column[] = [...ACCOUNTS, ...FLOW_NAMES].map(columnOf);

const ofEachColumn = <Value>(value: Value): Readonly<Record<Column, Value>> =>
  // Made of every column there is.
  Object.fromEntries(SUM_COLUMNS.map((column) => [column, value])) as Record<Column, Value>;

export const ACCOUNT_COLUMNS = ofEachColumn('INTEGER' as const);
export const NO_SUMS: AccountSums = ofEachColumn(0);

export const COLUMN_OF = Object.fromEntries(
  [...ACCOUNTS, ...FLOW_NAMES].map((name) => [name, columnOf(name)]),
) as Readonly<Record<Account | Flow, Column>>;

/** The row after a transfer. Throws when a sum would no longer be exact. */
export const moved = <Row extends AccountSums>(row: Row, transfer: ViewTransfer): Row => {
  const { amountFen } = transfer;
  const [from, to] = [COLUMN_OF[transfer.from], COLUMN_OF[transfer.to]];
  const after = { ...row };
  const sums: Record<Column, number> = after;
  sums[from] -= amountFen;
  sums[to] += amountFen;
  for (const flow of FLOW_NAMES) sums[COLUMN_OF[flow]] += FLOWS[flow](transfer) * amountFen;
  if (!Number.isSafeInteger(sums[from]) || !Number.isSafeInteger(sums[to])) {
    throw new Error('A sum is no longer exact.');
  }
  return after;
};

/** Both rows' sums, as when one village is merged into another. */
export const added = (left: AccountSums, right: AccountSums): AccountSums => {
  const sums: Record<Column, number> = { ...NO_SUMS };
  for (const column of SUM_COLUMNS) sums[column] = left[column] + right[column];
  return sums;
};

/** The first row's sums without the second's, as when a merger is taken back. */
export const subtracted = (left: AccountSums, right: AccountSums): AccountSums => {
  const sums: Record<Column, number> = { ...NO_SUMS };
  for (const column of SUM_COLUMNS) sums[column] = left[column] - right[column];
  return sums;
};

/** What people ask for, all of it derived from the accounts and the flows. Amounts in fen. */
export type Sums = Readonly<Record<Figure, number>>;

const COLUMNS_OF_FIGURES = FIGURE_NAMES.map(
  (figure) =>
    [figure, termsOf(figure).map(([term, sign]) => [COLUMN_OF[term], sign] as const)] as const,
);

export const toSums = (row: AccountSums): Sums => {
  const sums: Partial<Record<Figure, number>> = {};
  for (const [figure, columns] of COLUMNS_OF_FIGURES) {
    let sum = 0;
    for (const [column, sign] of columns) sum += sign * row[column];
    sums[figure] = sum;
  }
  // Every figure was just set.
  return sums as Sums;
};

export const sumOfRows = (rows: readonly AccountSums[]): Sums =>
  toSums(rows.reduce<AccountSums>(added, NO_SUMS));
