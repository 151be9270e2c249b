import type { RowTable } from '../engine/row-table.ts';
import { added, NO_SUMS, subtracted, type AccountSums } from '../money/account-sums.ts';
import { mergersIn, type WithPlaces } from '../places/place-rows.ts';
import type { Moves } from '../mergers/succession.ts';

/** What one place has, whatever its level; the money of a merged place is with its successor. */
export interface BalanceRow extends AccountSums {
  readonly placeId: string;
  /** Allocations made for this place or for one that was merged into it. */
  readonly allocations: number;
}

/**
 * A merged place shows nothing; what it and the places merged into it brought along is its branch,
 * so that a merger is taken back without a look at the allocations. Branches are updated from the
 * home of an allocation up its mergers; a home that was never merged has none.
 */
export interface WithBranches extends WithPlaces {
  readonly balances: RowTable<BalanceRow>;
  readonly branches: RowTable<BalanceRow>;
}

/** Changes the branches that an allocation of a home counts in, and the balance that shows it. */
export const changeAlong = (
  rows: WithBranches,
  home: string,
  change: (row: BalanceRow) => BalanceRow,
): void => {
  const mergers = mergersIn(rows);
  let placeId = home;
  for (let next = mergers.get(placeId).mergedInto; next !== null;) {
    rows.branches.put(change(rowOf(rows.branches, placeId)));
    placeId = next;
    next = mergers.get(placeId).mergedInto;
  }
  rows.balances.put(change(rowOf(rows.balances, placeId)));
};

/** How money follows mergers. A step of work for each place on the way. */
export const movesIn = (rows: WithBranches): Moves => ({
  joined: (placeId, into) => {
    const branch = rowOf(rows.balances, placeId);
    rows.branches.put(branch);
    rows.balances.put({ placeId, ...NOTHING });
    changeAlong(rows, into, (row) => combined(row, branch, added, 1));
  },
  left: (placeId, from) => {
    const branch = rowOf(rows.branches, placeId);
    rows.branches.put({ placeId, ...NOTHING });
    rows.balances.put(branch);
    changeAlong(rows, from, (row) => combined(row, branch, subtracted, -1));
  },
});

const NOTHING = { allocations: 0, ...NO_SUMS };

const combined = (
  { placeId, allocations, ...sums }: BalanceRow,
  branch: BalanceRow,
  combine: (left: AccountSums, right: AccountSums) => AccountSums,
  sign: 1 | -1,
): BalanceRow => ({
  placeId,
  allocations: allocations + sign * branch.allocations,
  ...combine(sums, branch),
});

const rowOf = (table: RowTable<BalanceRow>, placeId: string): BalanceRow =>
  table.get(placeId) ?? { placeId, ...NOTHING };
