import { TRANSFER_KINDS } from '#ledger/fund/transfer';
import { COLUMN_OF, NO_SUMS, type AccountSums, type Sums } from '#projections/money/account-sums';
import { effectOf, FIGURE_NAMES, flowsOf } from '#projections/money/figures';
import type { Posting } from '../postings/postings.ts';

/** A figure of a view by its name, such as `paidFen`. */
export type Measure = keyof Sums;

export const MEASURES = FIGURE_NAMES;

/** For each measure, the effect of each transfer kind by its number. */
const EFFECTS = new Map(
  MEASURES.map((measure) => [measure, TRANSFER_KINDS.map((kind) => effectOf(measure, kind))]),
);

/** What a posting adds to a measure, in fen; negative for what it takes away. */
export const effectOn = (measure: Measure, { transferKind, amountFen }: Posting): number =>
  (EFFECTS.get(measure)?.[transferKind] ?? 0) * amountFen;

/** The flows that each transfer kind belongs to, by its number. */
const FLOWS_OF = TRANSFER_KINDS.map(flowsOf);

/** The accounts of a place from what went each way; its sums begin at an index. */
export const accountsOf = (sums: Float64Array, first = 0): AccountSums => {
  const accounts: Record<keyof AccountSums, number> = { ...NO_SUMS };
  for (const [code, { from, to }] of TRANSFER_KINDS.entries()) {
    const fen = sums[first + code] ?? 0;
    if (fen === 0) continue;
    accounts[COLUMN_OF[from]] -= fen;
    accounts[COLUMN_OF[to]] += fen;
    for (const [flow, sign] of FLOWS_OF[code] ?? []) accounts[COLUMN_OF[flow]] += sign * fen;
  }
  return accounts;
};
