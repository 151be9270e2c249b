import { balancesAt } from '#history/questions/balances-at';
import {
  villageBalances,
  type BalanceFilter,
  type BalanceReport,
} from '#projections/village-balance/query';
import { villageBalanceView } from '#projections/village-balance/view';
import { noting } from './noting.ts';
import type { Query } from './query.ts';

const report: Query<BalanceFilter, BalanceReport> = {
  views: [villageBalanceView],
  pastFrom: 'postings',
  live: ({ db }, filter) => villageBalances(db, filter),
  past: async ({ historicalReads, asOf }, filter) =>
    balancesAt(await historicalReads.history(asOf), asOf, filter),
};

/** What every place has: 各村资金余额. */
export const balances = noting(report, ({ places }) => ({
  placeIds: places.map(({ placeId }) => placeId),
}));
