import { ACCOUNTS } from '#ledger/fund/transfer';
import type { Invariant, SumOf } from '../engine/runner.ts';
import { COLUMN_OF, SUM_COLUMNS } from './account-sums.ts';

/** The views that each hold all money of the ledger, and the table in which they do. */
const HOLDERS = [
  ['allocation-register', 'allocation'],
  ['village-balance', 'village_balance'],
  ['spending-progress', 'spending_progress'],
] as const;

/**
 * Σ villages + unplaced = Σ allocations = −Σ source, for every account, in every view that holds
 * money; and the accounts of each sum to zero. Where two views differ neither can be trusted.
 */
export const checkConservation: Invariant = (sumOf, position) => {
  const running = HOLDERS.filter(
    ([view, table]) => sumOf(view, table, COLUMN_OF.source) !== undefined,
  );
  return differing(running, sumOf, position) ?? unbalanced(running, sumOf, position);
};

type Holders = readonly (typeof HOLDERS)[number][];

const differing = (holders: Holders, sumOf: SumOf, position: number) => {
  for (const column of SUM_COLUMNS) {
    const sums = holders.map(([view, table]) => ({ view, sum: sumOf(view, table, column) }));
    const [first] = sums;
    const other = sums.find(({ sum }) => sum !== first?.sum);
    if (first === undefined || other === undefined) continue;
    return {
      views: holders.map(([view]) => view),
      reason: `Money is not conserved at position ${position}: ${column} is ${first.sum} fen in ${first.view} and ${other.sum} fen in ${other.view}.`,
    };
  }
  return undefined;
};

const unbalanced = (holders: Holders, sumOf: SumOf, position: number) => {
  for (const [view, table] of holders) {
    const fen = ACCOUNTS_OF_MONEY.reduce(
      (sum, column) => sum + (sumOf(view, table, column) ?? 0),
      0,
    );
    if (fen === 0) continue;
    const reason = `The accounts of ${view} sum to ${fen} fen, not zero, at ${position}.`;
    return { views: [view], reason };
  }
  return undefined;
};

const ACCOUNTS_OF_MONEY = ACCOUNTS.map((account) => COLUMN_OF[account]);
