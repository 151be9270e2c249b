import { ageing as agesOf } from '#history/questions/ageing';
import { reversalsWithin } from '#history/questions/fund-events';
import type { Scope } from '#history/questions/scope';
import { dayNumber, type BusinessDate } from '#ledger/calendar';
import { presentAgeing, type AgeingView } from '#presentation/questions/ageing';
import { refusalOfScope } from './known-scope.ts';
import { concernedIn, noting } from './noting.ts';
import { alike, type Refused } from './query.ts';

export interface AgeingQuestion {
  /** The day to which ages are counted. */
  readonly on: BusinessDate;
  readonly scope: Scope;
}

export interface Ageing extends AgeingView {
  readonly on: BusinessDate;
}

const ages = alike(
  [],
  async (
    { store, historicalReads, asOf },
    { on, scope }: AgeingQuestion,
  ): Promise<Ageing | Refused> => {
    const history = await historicalReads.history(asOf);
    const refused = refusalOfScope(history.dimensions, scope);
    if (refused !== undefined) return refused;
    const reversals = await reversalsWithin(store, history, asOf);
    const found = agesOf(history, asOf, dayNumber(on), reversals, scope);
    return { on, ...presentAgeing(history, asOf, found) };
  },
);

/** How long money that arrived has been unspent: 账龄. */
export const ageing = noting(ages, (_answer, { scope }) => concernedIn(scope));
