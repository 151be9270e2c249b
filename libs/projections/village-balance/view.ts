import { ACCOUNT_COLUMNS, moved, SUM_COLUMNS } from '../money/account-sums.ts';
import { mergersIn, placeHandlers, placeTable } from '../places/place-rows.ts';
import { merge, revoke } from '../mergers/succession.ts';
import { changeAlong, movesIn, type BalanceRow } from './branches.ts';
import { defineView, type RowsOf } from '../engine/view.ts';
import { table } from '../engine/table.ts';

const tables = {
  balances: table<BalanceRow>(
    'village_balance',
    'placeId',
    { placeId: 'TEXT', allocations: 'INTEGER', ...ACCOUNT_COLUMNS },
    { summed: SUM_COLUMNS },
  ),
  branches: table<BalanceRow>('village_balance_branch', 'placeId', {
    placeId: 'TEXT',
    allocations: 'INTEGER',
    ...ACCOUNT_COLUMNS,
  }),
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
  version: 2,
  tables,
  on: {
    ...placeHandlers,
    PlaceMerged: (rows, { id: eventId, data: { placeId, intoPlaceId: into } }) =>
      merge(mergersIn(rows), { from: placeId, into, eventId }, movesIn(rows)),
    PlaceMergerRevoked: (rows, { data: { placeId, reversedEventId } }) =>
      revoke(mergersIn(rows), placeId, reversedEventId, movesIn(rows)),
    FundsAllocated: (rows, { stream, data: { placeId } }) => {
      rows.homes.put({ stream, placeId });
      changeAlong(rows, placeId, (row) => ({ ...row, allocations: row.allocations + 1 }));
    },
    AllocationVoided: (rows, { stream }) =>
      changeAlong(rows, homeOf(rows, stream), (row) => ({
        ...row,
        allocations: row.allocations - 1,
      })),
  },
  onTransfer: (rows, { stream, transfer }) =>
    changeAlong(rows, homeOf(rows, stream), (row) => moved(row, transfer)),
});

const homeOf = (rows: Rows, stream: string): string => {
  const home = rows.homes.get(stream);
  if (home === undefined) throw new Error(`Money moves in ${stream}, which was never allocated.`);
  return home.placeId;
};
