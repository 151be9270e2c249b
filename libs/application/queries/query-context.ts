import type { Bounds } from '#history/as-of/as-of';
import {
  isAboutPast,
  NO_DAY_LIMIT,
  type PointFault,
  type PointQuestion,
  type Reflects,
} from '#history/as-of/as-of-request';
import type { EventStore } from '#event-store/port';
import type { ReadDatabase } from '#projections/engine/read-database';
import type { View } from '#projections/engine/view';
import type { Past } from '#history/historical-reads';
import type { LedgerReader } from '#wiring/ledger';

/** What a question is answered from: the ledger as it is, or as it was at a point. */
export interface Scene {
  /** The tables of the views that were asked for. */
  readonly db: ReadDatabase;
  readonly store: EventStore;
  /** Absent when the question is about now. */
  readonly bounds: Bounds | undefined;
  /** The same, or everything that is known now. */
  readonly within: Bounds;
  readonly reflects: Reflects;
  readonly past: Past;
}

export type FoundScene =
  | { readonly kind: 'scene'; readonly scene: Scene }
  | { readonly kind: 'faulty'; readonly faults: readonly PointFault[] };

/** The scene of a question. `views` are those whose tables the answer will read. */
export const sceneOf = async (
  { views: live, past, log: store }: Pick<LedgerReader, 'views' | 'past' | 'log'>,
  question: PointQuestion,
  views: readonly View[],
  position: number,
): Promise<FoundScene> => {
  if (!isAboutPast(question)) {
    const within = { position, day: NO_DAY_LIMIT };
    const reflects = { position };
    return {
      kind: 'scene',
      scene: { db: live.db, store, past, bounds: undefined, within, reflects },
    };
  }
  const found = await past.point(question);
  if (found.kind === 'faulty') return found;
  const { bounds, reflects } = found.point;
  const db = views.length === 0 ? live.db : (await past.views(bounds, views)).db;
  return { kind: 'scene', scene: { db, store, past, bounds, within: bounds, reflects } };
};
