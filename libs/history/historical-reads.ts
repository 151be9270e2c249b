import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { leafAt } from '#event-codec/leaf-at';
import type { EventStore } from '#event-store/port';
import type { Instant } from '#ledger/calendar';
import type { View } from '#projections/engine/view';
import type { RunningViews } from '#projections/engine/running-views';
import type { ViewEventSource } from '#projections/engine/event-source';
import type { AsOf } from './as-of/as-of.ts';
import { resolveAsOf, type AsOfResolution, type AsOfRequest } from './as-of/as-of-request.ts';
import { openPastViews } from './as-of/past-views.ts';
import { openHistory, type History } from './postings/history.ts';

/** What a ledger's past is read through. Nothing is read before the first question. */
export interface HistoricalReads {
  /** The point that a request names, or what is wrong with the request. */
  point(request: AsOfRequest): Promise<AsOfResolution>;
  /**
   * Dated postings and dimensions, caught up with the log. Throws `StoreUnusable` where a later release
   * wrote an event within the point: what came before it is answered.
   */
  history(asOf: Pick<AsOf, 'position'>): Promise<History>;
  /** Views as they would have been within the bounds; closed with the ledger, or when others are asked for. */
  views(asOf: AsOf, views: readonly View[]): Promise<RunningViews>;
  close(): Promise<void>;
}

export interface HistoricalReadsOptions {
  readonly directory: string;
  readonly store: EventStore;
  /** The same log, in bulk, as views read it. */
  readonly source: ViewEventSource;
  /** The instant of a question: no point after it can be asked about. */
  readonly now: () => Instant;
  /** Only the log's one writer saves the history to a file. */
  readonly savesHistory: boolean;
}

/** Past views that were asked for last stay open, for the next page of the same question. */
const OPEN_PASTS = 4;
export const HISTORY_FILE = 'history.postings';

export const openHistoricalReads = ({
  directory,
  store,
  source,
  now,
  savesHistory,
}: HistoricalReadsOptions): HistoricalReads => {
  const file = join(directory, HISTORY_FILE);
  const openedViews = new Map<string, Promise<RunningViews>>();
  let opening: Promise<History> | undefined;

  const begin = async (): Promise<History> => {
    const isThere = savesHistory || existsSync(file);
    const leafOf = (position: number) => leafAt(store, position);
    return openHistory({ ...(isThere ? { file } : {}), source, leafAt: leafOf });
  };

  const closePastViews = async (key: string): Promise<void> => {
    const past = openedViews.get(key);
    openedViews.delete(key);
    await (await past)?.close();
  };

  return {
    point: (request) => resolveAsOf(request, store, now()),
    history: async ({ position }) => {
      const history = await (opening ??= begin());
      await history.catchUp();
      if (history.unreadable !== undefined && position > history.position) {
        throw history.unreadable;
      }
      return history;
    },
    views: async (asOf, views) => {
      const key = `${asOf.position} ${asOf.day} ${views.map(({ name }) => name).join()}`;
      const known = openedViews.get(key) ?? openPastViews(store, source, views, asOf);
      openedViews.delete(key);
      openedViews.set(key, known);
      for (const oldest of [...openedViews.keys()].slice(0, -OPEN_PASTS))
        await closePastViews(oldest);
      return known;
    },
    close: async () => {
      for (const key of [...openedViews.keys()]) await closePastViews(key);
      if (savesHistory && opening !== undefined) (await opening).save();
    },
  };
};
