import type { Scope } from '#history/questions/scope';
import { lastDayOf } from '#history/as-of/as-of-request';
import { openAdjustmentsAt, type OpenAdjustment } from '#projections/adjustments/query';
import { adjustmentsView } from '#projections/adjustments/view';
import { homesOf } from '#projections/village-balance/homes';
import { villageBalanceView } from '#projections/village-balance/view';
import type { ReadDatabase } from '#projections/engine/read-database';
import { Refused, type AnswerQuery, type Query, type QueryContext } from './query.ts';

/** Whose money an answer is about: the whole ledger's where nothing is named. */
export interface Concerned {
  readonly allocationIds?: readonly string[];
  readonly placeIds?: readonly string[];
}

/** Beside an answer: the adjustments that are open on the money it is about; absent where none is. */
export interface Noted {
  readonly openAdjustments?: readonly OpenAdjustment[];
}

/** A query whose answer says which adjustments are open on the money it is about. */
export const noting = <Parameters, Answer extends object>(
  query: Query<Parameters, Answer>,
  concernedBy: (answer: Answer, parameters: Parameters) => Concerned,
): Query<Parameters, Answer & Noted> => {
  const noted =
    (answerQuery: AnswerQuery<Parameters, Answer>): AnswerQuery<Parameters, Answer & Noted> =>
    async (context, parameters) => {
      const answer = await answerQuery(context, parameters);
      if (answer instanceof Refused) return answer;
      return withOpen(context, answer, concernedBy(answer, parameters));
    };
  // Answers of places read the homes of money as they are now.
  const ofPlaces = query.pastFrom === 'postings' ? [villageBalanceView] : [];
  return {
    views: [...new Set([...query.views, adjustmentsView, ...ofPlaces])],
    pastFrom: query.pastFrom,
    live: noted(query.live),
    past: noted(query.past),
  };
};

/** An answer with the adjustments that were open at its point on the money that it concerns. */
export const withOpen = <Answer extends object>(
  at: Pick<QueryContext, 'db' | 'asOf'>,
  answer: Answer,
  concerned: Concerned,
): Answer & Noted => {
  const openAdjustments = openOn(at, concerned);
  return openAdjustments.length === 0 ? answer : { ...answer, openAdjustments };
};

const openOn = (
  { db, asOf }: Pick<QueryContext, 'db' | 'asOf'>,
  concerned: Concerned,
): readonly OpenAdjustment[] => {
  const on = lastDayOf(asOf);
  const { position } = asOf;
  const open = openAdjustmentsAt(db, on === undefined ? { position } : { position, on });
  return open.filter((one) => isConcerned(db, one, concerned));
};

/** The adjustments that are open now on any of these allocations, or on money of any of these places. */
export const openAdjustmentsOn = (
  db: ReadDatabase,
  position: number,
  concerned: Concerned,
): readonly OpenAdjustment[] =>
  openAdjustmentsAt(db, { position }).filter((one) => isConcerned(db, one, concerned));

const isConcerned = (
  db: ReadDatabase,
  { allocationIds: adjusted }: OpenAdjustment,
  { allocationIds, placeIds }: Concerned,
): boolean => {
  if (allocationIds === undefined && placeIds === undefined) return true;
  if (adjusted.some((id) => allocationIds?.includes(id) === true)) return true;
  return placeIds !== undefined && homesOf(db, adjusted).some((id) => placeIds.includes(id));
};

/** Of a scope that is neither one allocation nor one place, any open adjustment may be a part. */
export const concernedIn = ({ allocationId, placeId }: Scope): Concerned => {
  if (allocationId !== undefined) return { allocationIds: [allocationId] };
  return placeId === undefined ? {} : { placeIds: [placeId] };
};
