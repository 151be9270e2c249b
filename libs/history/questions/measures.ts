import { TRANSFER_KINDS, type Account, type TransferKind } from '#ledger/fund/transfer';
import { NO_SUMS, type AccountSums, type Sums } from '#projections/money/account-sums';

import type { Posting } from '../postings/postings.ts';

/** A figure of a view by its name, such as `paidFen`. */
export type Measure = keyof Sums;

/** The accounts whose sum a measure is; what is released is a way, not an account. */
const ACCOUNTS_OF = {
  allocatedFen: ['quota', 'treasury', 'unit', 'paid', 'returned'],
  arrivedFen: ['treasury', 'unit', 'paid', 'returned'],
  paidFen: ['paid'],
  returnedFen: ['returned'],
  unarrivedFen: ['quota'],
  treasuryFen: ['treasury'],
  unitFen: ['unit'],
  onHandFen: ['treasury', 'unit'],
} as const satisfies Record<Exclude<Measure, 'releasedFen'>, readonly Account[]>;

export const MEASURES = [
  'allocatedFen',
  'arrivedFen',
  'releasedFen',
  'paidFen',
  'returnedFen',
  'unarrivedFen',
  'treasuryFen',
  'unitFen',
  'onHandFen',
] as const satisfies readonly Measure[];

/** How a fen that goes one way changes a measure: +1, −1, or 0 when it does not. */
const effectOf = (measure: Measure, { from, to }: TransferKind): number => {
  if (measure === 'releasedFen') return from === 'treasury' && to === 'unit' ? 1 : 0;
  const accounts: readonly Account[] = ACCOUNTS_OF[measure];
  return Number(accounts.includes(to)) - Number(accounts.includes(from));
};

/** For each measure, the effect of each transfer kind by its number. */
const EFFECTS = new Map(
  MEASURES.map((measure) => [measure, TRANSFER_KINDS.map((kind) => effectOf(measure, kind))]),
);

/** What a posting adds to a measure, in fen; negative for what it takes away. */
export const effectOn = (measure: Measure, { transferKind, amountFen }: Posting): number =>
  (EFFECTS.get(measure)?.[transferKind] ?? 0) * amountFen;

/** The accounts of a place from what went each way; its sums begin at an index. */
export const accountsOf = (sums: Float64Array, first = 0): AccountSums => {
  const accounts: { -readonly [Column in keyof AccountSums]: number } = { ...NO_SUMS };
  for (const [code, { from, to }] of TRANSFER_KINDS.entries()) {
    const fen = sums[first + code] ?? 0;
    if (fen === 0) continue;
    accounts[`${from}Fen`] -= fen;
    accounts[`${to}Fen`] += fen;
    if (from === 'treasury' && to === 'unit') accounts.releasedFen += fen;
  }
  return accounts;
};
