import type { EventStore } from '#event-store/port';
import type { AsOf } from '#history/as-of/as-of';
import type { HistoricalReads } from '#history/historical-reads';
import type { QueryRefusal } from '#history/query-refusal';
import type { ReadDatabase } from '#projections/engine/read-database';
import type { View } from '#projections/engine/view';

/** A question to the ledger: how it is answered for now, and how for a point in the past. */
export interface Query<Parameters, Answer> {
  /** Views whose tables the answer reads. */
  readonly views: readonly View[];
  /** Where a past answer is read from: those views, folded anew up to the point, or the postings. */
  readonly pastFrom: 'views' | 'postings';
  readonly live: AnswerQuery<Parameters, Answer>;
  readonly past: AnswerQuery<Parameters, Answer>;
}

export type AnswerQuery<Parameters, Answer> = (
  context: QueryContext,
  parameters: Parameters,
) => Answer | Refused | Promise<Answer | Refused>;

/** What a question is answered from. */
export interface QueryContext {
  /** The tables of the query's views as of the point; the live ones where the query names none. */
  readonly db: ReadDatabase;
  readonly store: EventStore;
  readonly historicalReads: Pick<HistoricalReads, 'point' | 'history' | 'readPast'>;
  /** What the answer takes in; of a question about now, everything that is known. */
  readonly asOf: AsOf;
}

/** Returned in place of an answer. */
export class Refused {
  readonly refusal: QueryRefusal;

  constructor(refusal: QueryRefusal) {
    this.refusal = refusal;
  }
}

/** A query whose answer is found the same way for now and for the past: the context differs. */
export const alike = <Parameters, Answer>(
  views: readonly View[],
  answer: AnswerQuery<Parameters, Answer>,
): Query<Parameters, Answer> => ({
  views,
  pastFrom: views.length === 0 ? 'postings' : 'views',
  live: answer,
  past: answer,
});

/** A query whose answer is folded from postings; views only say what takes back what. */
export const fromPostings = <Parameters, Answer>(
  views: readonly View[],
  answer: AnswerQuery<Parameters, Answer>,
): Query<Parameters, Answer> => ({ views, pastFrom: 'postings', live: answer, past: answer });
