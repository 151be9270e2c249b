import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { leafAt } from '#event-codec/leaf-at';
import type { EventStore } from '#event-store/port';
import type { Instant } from '#ledger/calendar';
import type { ViewEventSource } from '#projections/engine/event-source';
import type { AsOf } from './as-of/as-of.ts';
import { resolveAsOf, type AsOfResolution, type AsOfRequest } from './as-of/as-of-request.ts';
import { openPastViews } from './as-of/past-views.ts';
import { sharePasts, type SharedPasts } from './as-of/shared-pasts.ts';
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
  /** Reads views as they would have been within the bounds. */
  readonly readPast: SharedPasts['read'];
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

export const HISTORY_FILE = 'history.postings';

export const openHistoricalReads = ({
  directory,
  store,
  source,
  now,
  savesHistory,
}: HistoricalReadsOptions): HistoricalReads => {
  const file = join(directory, HISTORY_FILE);
  const pasts = sharePasts((views, asOf) => openPastViews(store, source, views, asOf));
  let opening: Promise<History> | undefined;

  const begin = async (): Promise<History> => {
    const isThere = savesHistory || existsSync(file);
    const leafOf = (position: number) => leafAt(store, position);
    return openHistory({ ...(isThere ? { file } : {}), source, leafAt: leafOf });
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
    readPast: pasts.read,
    close: async () => {
      await pasts.close();
      if (savesHistory && opening !== undefined) (await opening).save();
    },
  };
};
