import type { AsOf } from '#history/as-of/as-of';
import {
  isAboutPast,
  NO_DAY_LIMIT,
  type AsOfFault,
  type AsOfRequest,
  type Reflects,
} from '#history/as-of/as-of-request';
import type { EventStore } from '#event-store/port';
import type { ReadDatabase } from '#projections/engine/read-database';
import type { View } from '#projections/engine/view';
import type { HistoricalReads } from '#history/historical-reads';
import type { LedgerReader } from '#wiring/ledger';

/** What a question is answered from: the ledger as it is, or as it was at a point. */
export interface QueryContext {
  /** The tables of the views that were asked for. */
  readonly db: ReadDatabase;
  readonly store: EventStore;
  /** Absent when the question is about now. */
  readonly asOf: AsOf | undefined;
  /** The same, or everything that is known now. */
  readonly within: AsOf;
  readonly reflects: Reflects;
  readonly historicalReads: HistoricalReads;
}

export type OpenedQueryContext =
  | { readonly kind: 'scene'; readonly context: QueryContext }
  | { readonly kind: 'faulty'; readonly faults: readonly AsOfFault[] };

/** The scene of a question. `views` are those whose tables the answer will read. */
export const openQueryContext = async (
  {
    views: live,
    historicalReads,
    log: store,
  }: Pick<LedgerReader, 'views' | 'historicalReads' | 'log'>,
  question: AsOfRequest,
  views: readonly View[],
  position: number,
): Promise<OpenedQueryContext> => {
  if (!isAboutPast(question)) {
    const within = { position, day: NO_DAY_LIMIT };
    const reflects = { position };
    return {
      kind: 'scene',
      context: { db: live.db, store, historicalReads, asOf: undefined, within, reflects },
    };
  }
  const found = await historicalReads.point(question);
  if (found.kind === 'faulty') return found;
  const { asOf, reflects } = found.point;
  const db = views.length === 0 ? live.db : (await historicalReads.views(asOf, views)).db;
  return { kind: 'scene', context: { db, store, historicalReads, asOf, within: asOf, reflects } };
};
