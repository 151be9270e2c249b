import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { SqliteStore } from '#event-store-sqlite/open';
import type { Bounds } from './as-of/as-of.ts';
import { openHistory, type History } from './postings/history.ts';
import { openPastViews } from './as-of/past-views.ts';
import { findPoint, type FoundPoint, type PointQuestion } from './as-of/as-of-request.ts';
import type { View } from '#projections/engine/view';
import type { RunningViews } from '#projections/engine/views';
import type { Clock } from '#application/commands/clock';
import { sqliteViewSource } from '#wiring/sqlite-views';

/** What can be asked of a ledger's past. Nothing is read before somebody asks. */
export interface Past {
  point(question: PointQuestion): Promise<FoundPoint>;
  /** Dated postings and facts, caught up with the log. */
  history(): Promise<History>;
  /** Views as they would have been within the bounds; closed with the ledger, or when others are asked for. */
  views(bounds: Bounds, views: readonly View[]): Promise<RunningViews>;
  close(): Promise<void>;
}

export interface PastOptions {
  readonly directory: string;
  readonly store: SqliteStore;
  readonly clock: Clock;
  /** Only the log's one writer keeps the history in a file. */
  readonly keeps: boolean;
}

/** Past views that were asked for last stay open, for the next page of the same question. */
const OPEN_PASTS = 4;
export const HISTORY_FILE = 'history.postings';

export const openPast = ({ directory, store, clock, keeps }: PastOptions): Past => {
  const source = sqliteViewSource(store.readStored);
  const file = join(directory, HISTORY_FILE);
  const pasts = new Map<string, Promise<RunningViews>>();
  let opening: Promise<History> | undefined;

  const begin = async (): Promise<History> => {
    const head = Number((await store.head()) ?? 0n);
    let firstEvent = '';
    for await (const { id } of store.readAll({ limit: 1 })) firstEvent = id;
    const isThere = keeps || existsSync(file);
    return openHistory({ ...(isThere ? { file } : {}), firstEvent, source, head });
  };

  const closePast = async (key: string): Promise<void> => {
    const past = pasts.get(key);
    pasts.delete(key);
    await (await past)?.close();
  };

  return {
    point: (question) => findPoint(question, store, clock()),
    history: async () => {
      const history = await (opening ??= begin());
      await history.catchUp();
      return history;
    },
    views: async (bounds, views) => {
      const key = `${bounds.position} ${bounds.day} ${views.map(({ name }) => name).join()}`;
      const known = pasts.get(key) ?? openPastViews(store, source, views, bounds);
      pasts.delete(key);
      pasts.set(key, known);
      for (const oldest of [...pasts.keys()].slice(0, -OPEN_PASTS)) await closePast(oldest);
      return known;
    },
    close: async () => {
      for (const key of [...pasts.keys()]) await closePast(key);
      if (keeps && opening !== undefined) (await opening).save();
    },
  };
};
