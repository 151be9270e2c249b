import {
  ACCOUNT_COLUMNS,
  added,
  moved,
  NO_SUMS,
  SUM_COLUMNS,
  type AccountSums,
} from '../money/account-sums.ts';
import { placeHandlers, placeTable, successorOf } from '../places/succession.ts';
import { defineView, type RowsOf } from '../engine/view.ts';
import { table } from '../engine/table.ts';

/** What one place has, whatever its level; the money of a merged village is with its successor. */
export interface BalanceRow extends AccountSums {
  readonly placeId: string;
  /** Allocations made for this place or for one that was merged into it. */
  readonly allocations: number;
}

const tables = {
  balances: table<BalanceRow>(
    'village_balance',
    'placeId',
    { placeId: 'TEXT', allocations: 'INTEGER', ...ACCOUNT_COLUMNS },
    { summed: SUM_COLUMNS },
  ),
  homes: table<{ readonly stream: string; readonly placeId: string }>(
    'village_balance_home',
    'stream',
    { stream: 'TEXT', placeId: 'TEXT' },
  ),
  places: placeTable('village_balance_place'),
};

type Rows = RowsOf<typeof tables>;

export const villageBalanceView = defineView({
  name: 'village-balance',
  version: 1,
  tables,
  on: {
    ...placeHandlers,
    PlaceMerged: (rows, event) => {
      carryOver(rows, event.data.placeId, event.data.intoPlaceId);
      placeHandlers.PlaceMerged(rows, event);
    },
    FundsAllocated: (rows, { stream, data: { placeId } }) => {
      rows.homes.put({ stream, placeId });
      const balance = balanceOf(rows, successorOf(rows.places, placeId).placeId);
      rows.balances.put({ ...balance, allocations: balance.allocations + 1 });
    },
  },
  onTransfer: (rows, { stream, transfer }) => {
    rows.balances.put(moved(balanceOf(rows, homeOf(rows, stream)), transfer));
  },
});

/** Before the merger is known, so that both ends are still where their money is. */
const carryOver = (rows: Rows, placeId: string, intoPlaceId: string): void => {
  const successor = successorOf(rows.places, intoPlaceId).placeId;
  const from = balanceOf(rows, placeId);
  const into = balanceOf(rows, successor);
  const allocations = into.allocations + from.allocations;
  rows.balances.put({ placeId: successor, allocations, ...added(into, from) });
  rows.balances.put({ placeId, allocations: 0, ...NO_SUMS });
};

const balanceOf = (rows: Rows, placeId: string): BalanceRow =>
  rows.balances.get(placeId) ?? { placeId, allocations: 0, ...NO_SUMS };

const homeOf = (rows: Rows, stream: string): string => {
  const home = rows.homes.get(stream);
  if (home === undefined) throw new Error(`Money moves in ${stream}, which was never allocated.`);
  return successorOf(rows.places, home.placeId).placeId;
};
