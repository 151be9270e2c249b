import type { Bounds } from '#history/bounds';
import type { History } from '#history/history';
import { isAboutPast, type PointFault, type PointQuestion, type Reflects } from '#history/point';
import type { EventStore } from '#event-store/port';
import type { ReadDatabase } from '#projections/read-database';
import type { View } from '#projections/view';
import type { LedgerReader } from './ledger.ts';

/** What a question is answered from: the ledger as it is, or as it was at a point. */
export interface Scene {
  /** The tables of the views that were asked for. */
  readonly db: ReadDatabase;
  readonly store: EventStore;
  /** Absent when the question is about now. */
  readonly bounds: Bounds | undefined;
  readonly reflects: Reflects;
  readonly history: () => Promise<History>;
}

export type FoundScene =
  | { readonly kind: 'scene'; readonly scene: Scene }
  | { readonly kind: 'faulty'; readonly faults: readonly PointFault[] };

/** The scene of a question. `views` are those whose tables the answer will read. */
export const sceneOf = async (
  { views: live, past, store }: Pick<LedgerReader, 'views' | 'past' | 'store'>,
  question: PointQuestion,
  views: readonly View[],
  position: number,
): Promise<FoundScene> => {
  const history = () => past.history();
  if (!isAboutPast(question)) {
    const scene = { db: live.db, store, bounds: undefined, reflects: { position }, history };
    return { kind: 'scene', scene };
  }
  const found = await past.point(question);
  if (found.kind === 'faulty') return found;
  const { bounds, reflects } = found.point;
  const db = views.length === 0 ? live.db : await past.views(bounds, views);
  return { kind: 'scene', scene: { db, store, bounds, reflects, history } };
};
