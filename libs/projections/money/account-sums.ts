import type { Account } from '#ledger/fund/transfer';
import type { ColumnType } from '../engine/table.ts';
import type { ViewTransfer } from '../engine/view-event.ts';

/** The six accounts of the ledger, and what went through release, as columns of a row. */
export interface AccountSums {
  readonly sourceFen: number;
  readonly quotaFen: number;
  readonly treasuryFen: number;
  readonly unitFen: number;
  readonly paidFen: number;
  readonly returnedFen: number;
  /** Everything that was ever released to the unit; the other sums follow from the accounts. */
  readonly releasedFen: number;
}

export const ACCOUNT_COLUMNS = {
  sourceFen: 'INTEGER',
  quotaFen: 'INTEGER',
  treasuryFen: 'INTEGER',
  unitFen: 'INTEGER',
  paidFen: 'INTEGER',
  returnedFen: 'INTEGER',
  releasedFen: 'INTEGER',
} as const satisfies Record<keyof AccountSums, ColumnType>;

/** The names of those columns, for tables whose sums are checked. */
export const SUM_COLUMNS = Object.keys(ACCOUNT_COLUMNS) as readonly (keyof AccountSums)[];

export const NO_SUMS: AccountSums = {
  sourceFen: 0,
  quotaFen: 0,
  treasuryFen: 0,
  unitFen: 0,
  paidFen: 0,
  returnedFen: 0,
  releasedFen: 0,
};

/** The row after a movement. Throws when a sum would no longer be exact. */
export const moved = <Row extends AccountSums>(row: Row, transfer: ViewTransfer): Row => {
  const { from, to, amountFen } = transfer;
  const after = { ...row };
  const sums: Writable = after;
  sums[COLUMN_OF[from]] -= amountFen;
  sums[COLUMN_OF[to]] += amountFen;
  if (from === 'treasury' && to === 'unit') sums.releasedFen += amountFen;
  if (
    !Number.isSafeInteger(after[COLUMN_OF[from]]) ||
    !Number.isSafeInteger(after[COLUMN_OF[to]])
  ) {
    throw new Error('A sum is no longer exact.');
  }
  return after;
};

type Writable = { -readonly [Column in keyof AccountSums]: number };

const COLUMN_OF = {
  source: 'sourceFen',
  quota: 'quotaFen',
  treasury: 'treasuryFen',
  unit: 'unitFen',
  paid: 'paidFen',
  returned: 'returnedFen',
} as const satisfies Record<Account, keyof AccountSums>;

/** Both rows' sums, as when one village is merged into another. */
export const added = (left: AccountSums, right: AccountSums): AccountSums => ({
  sourceFen: left.sourceFen + right.sourceFen,
  quotaFen: left.quotaFen + right.quotaFen,
  treasuryFen: left.treasuryFen + right.treasuryFen,
  unitFen: left.unitFen + right.unitFen,
  paidFen: left.paidFen + right.paidFen,
  returnedFen: left.returnedFen + right.returnedFen,
  releasedFen: left.releasedFen + right.releasedFen,
});

/** What people ask for, all of it derived from the accounts. Amounts in fen. */
export interface Sums {
  /** 下达 */
  readonly allocatedFen: number;
  /** 到账, including what was paid or returned since */
  readonly arrivedFen: number;
  /** 核拨 */
  readonly releasedFen: number;
  /** 支付, less what was reversed */
  readonly paidFen: number;
  /** 缴回 */
  readonly returnedFen: number;
  /** Allocated, not arrived. */
  readonly unarrivedFen: number;
  readonly treasuryFen: number;
  readonly unitFen: number;
  /** 结存 */
  readonly onHandFen: number;
}

export const toSums = (row: AccountSums): Sums => ({
  allocatedFen: 0 - row.sourceFen,
  arrivedFen: row.treasuryFen + row.unitFen + row.paidFen + row.returnedFen,
  releasedFen: row.releasedFen,
  paidFen: row.paidFen,
  returnedFen: row.returnedFen,
  unarrivedFen: row.quotaFen,
  treasuryFen: row.treasuryFen,
  unitFen: row.unitFen,
  onHandFen: row.treasuryFen + row.unitFen,
});

export const sumOfRows = (rows: readonly AccountSums[]): Sums =>
  toSums(rows.reduce<AccountSums>(added, NO_SUMS));
