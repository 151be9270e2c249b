import { ACCOUNTS } from '#ledger/fund/transfer';
import type { Invariant } from '../engine/runner.ts';
import { COLUMN_OF, SUM_COLUMNS } from './account-sums.ts';

/** The views that each hold all money of the ledger, and the table in which they do. */
const HOLDERS = [
  ['allocation-register', 'allocation'],
  ['village-balance', 'village_balance'],
  ['spending-progress', 'spending_progress'],
] as const;

/**
 * Σ villages + unplaced = Σ allocations = −Σ source, for every account, in every view that holds
 * money. Throws with both figures when it does not hold: then no figure can be trusted.
 */
export const checkConservation: Invariant = (sumOf, position) => {
  for (const column of SUM_COLUMNS) {
    const sums = HOLDERS.flatMap(([view, table]) => {
      const sum = sumOf(view, table, column);
      return sum === undefined ? [] : [{ view, sum }];
    });
    const other = sums.find(({ sum }) => sum !== sums[0]?.sum);
    if (other === undefined) continue;
    throw new Error(
      `Money is not conserved at position ${position}: ${column} is ${sums[0]?.sum} fen in ${sums[0]?.view} and ${other.sum} fen in ${other.view}.`,
    );
  }
  for (const [view, table] of HOLDERS) {
    const held = ACCOUNTS_OF_MONEY.map((column) => sumOf(view, table, column));
    const total = held.reduce<number>((sum, fen) => sum + (fen ?? 0), 0);
    if (total !== 0) {
      throw new Error(`The accounts of ${view} sum to ${total} fen, not zero, at ${position}.`);
    }
  }
};

const ACCOUNTS_OF_MONEY = ACCOUNTS.map((account) => COLUMN_OF[account]);
