import { balancesAt } from '#history/questions/balances-at';
import { placeBalance as liveBalance, type PlaceBalance } from '#projections/village-balance/query';
import { villageBalanceView } from '#projections/village-balance/view';
import { noting } from './noting.ts';
import { Refused, type Query } from './query.ts';

export interface PlaceBalanceQuestion {
  readonly placeId: string;
}

const balanceOf: Query<PlaceBalanceQuestion, PlaceBalance> = {
  views: [villageBalanceView],
  pastFrom: 'postings',
  live: ({ db }, { placeId }) => liveBalance(db, placeId) ?? NO_PLACE,
  past: async ({ historicalReads, asOf }, { placeId }) =>
    balancesAt(await historicalReads.history(asOf), asOf, { placeId }).places[0] ?? NO_PLACE,
};

const NO_PLACE = new Refused({ kind: 'not-found', what: 'place' });

/** What one place has. */
export const placeBalance = noting(balanceOf, (_answer, { placeId }) => ({ placeIds: [placeId] }));
