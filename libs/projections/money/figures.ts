import type { Account, TransferKind } from '#ledger/fund/transfer';
import { added, COLUMN_OF, flowsOf, NO_SUMS, type AccountSums, type Flow } from './account-sums.ts';

/** What people ask for, all of it derived from the accounts and the flows. Amounts in fen. */
export type Sums = Readonly<Record<keyof typeof FIGURES, number>>;

/** The accounts and flows whose sum a figure is, in the order in which answers list them. */
export const FIGURES = {
  /** 下达 */
  allocatedFen: { accounts: ['quota', 'treasury', 'unit', 'paid', 'returned'], flows: [] },
  /** 到账, including what was paid or returned since */
  arrivedFen: { accounts: ['treasury', 'unit', 'paid', 'returned'], flows: [] },
  /** 核拨 */
  releasedFen: { accounts: [], flows: ['released'] },
  /** 支付, less what was reversed */
  paidFen: { accounts: ['paid'], flows: [] },
  /** 缴回 */
  returnedFen: { accounts: ['returned'], flows: [] },
  /** Allocated, not arrived. */
  unarrivedFen: { accounts: ['quota'], flows: [] },
  treasuryFen: { accounts: ['treasury'], flows: [] },
  unitFen: { accounts: ['unit'], flows: [] },
  /** 结存 */
  onHandFen: { accounts: ['treasury', 'unit'], flows: [] },
} as const satisfies Record<string, Terms>;

interface Terms {
  readonly accounts: readonly Account[];
  readonly flows: readonly Flow[];
}

/** The names of the figures. */
export const FIGURE_NAMES = Object.keys(FIGURES) as readonly (keyof Sums)[];

const COLUMNS_OF = FIGURE_NAMES.map((figure) => {
  const { accounts, flows }: Terms = FIGURES[figure];
  return [figure, [...accounts, ...flows].map((name) => COLUMN_OF[name])] as const;
});

export const toSums = (row: AccountSums): Sums => {
  const sums: Partial<Record<keyof Sums, number>> = {};
  for (const [figure, columns] of COLUMNS_OF) {
    let sum = 0;
    for (const column of columns) sum += row[column];
    sums[figure] = sum;
  }
  // Every figure was just set.
  return sums as Sums;
};

export const sumOfRows = (rows: readonly AccountSums[]): Sums =>
  toSums(rows.reduce<AccountSums>(added, NO_SUMS));

/** How a fen that goes one way changes a figure: +1, −1, or 0 when it does not. */
export const effectOf = (figure: keyof Sums, kind: TransferKind): number => {
  const { accounts, flows }: Terms = FIGURES[figure];
  const gained = Number(accounts.includes(kind.to)) - Number(accounts.includes(kind.from));
  return gained + flowsOf(kind).filter((flow) => flows.includes(flow)).length;
};
