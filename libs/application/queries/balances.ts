import { balancesAt } from '#history/questions/balances-at';
import {
  villageBalances,
  type BalanceFilter,
  type BalanceReport,
} from '#projections/village-balance/query';
import { villageBalanceView } from '#projections/village-balance/view';
import type { Query } from './query.ts';

/** What every place has: 各村资金余额. */
export const balances: Query<BalanceFilter, BalanceReport> = {
  views: [villageBalanceView],
  pastFrom: 'postings',
  live: ({ db }, filter) => villageBalances(db, filter),
  past: async ({ historicalReads, asOf }, filter) =>
    balancesAt(await historicalReads.history(asOf), asOf, filter),
};
