import { ACCOUNTS, type Account, type TransferKind } from '#ledger/fund/transfer';
import type { ColumnType } from '../engine/table.ts';
import type { ViewTransfer } from '../engine/view-event.ts';

/** Flows that the accounts do not remember: what ever went such a way, added up. */
export const FLOWS = {
  released: ({ from, to }) => from === 'treasury' && to === 'unit',
} as const satisfies Record<string, (kind: TransferKind) => boolean>;
export type Flow = keyof typeof FLOWS;

const FLOW_NAMES = Object.keys(FLOWS) as readonly Flow[];

/** The six accounts of the ledger, and the flows, as columns of a row. Safe integers of fen. */
export type AccountSums = Readonly<Record<`${Account | Flow}Fen`, number>>;
type Column = keyof AccountSums;

export const ACCOUNT_COLUMNS = {
  sourceFen: 'INTEGER',
  quotaFen: 'INTEGER',
  treasuryFen: 'INTEGER',
  unitFen: 'INTEGER',
  paidFen: 'INTEGER',
  returnedFen: 'INTEGER',
  releasedFen: 'INTEGER',
} as const satisfies Record<Column, ColumnType>;

/** The names of those columns. */
export const SUM_COLUMNS = Object.keys(ACCOUNT_COLUMNS) as readonly Column[];

// Made of every column there is.
export const NO_SUMS = Object.fromEntries(SUM_COLUMNS.map((column) => [column, 0])) as AccountSums;

/** The column of each account and flow. */
export const COLUMN_OF = Object.fromEntries(
  [...ACCOUNTS, ...FLOW_NAMES].map((name) => [name, `${name}Fen`]),
) as Readonly<Record<Account | Flow, Column>>;

/** The flows that a way of money belongs to. */
export const flowsOf = (kind: TransferKind): readonly Flow[] =>
  FLOW_NAMES.filter((flow) => FLOWS[flow](kind));

/** The row after a transfer. Throws when a sum would no longer be exact. */
export const moved = <Row extends AccountSums>(row: Row, transfer: ViewTransfer): Row => {
  const { amountFen } = transfer;
  const [from, to] = [COLUMN_OF[transfer.from], COLUMN_OF[transfer.to]];
  const after = { ...row };
  const sums: Record<Column, number> = after;
  sums[from] -= amountFen;
  sums[to] += amountFen;
  for (const flow of FLOW_NAMES) if (FLOWS[flow](transfer)) sums[COLUMN_OF[flow]] += amountFen;
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
