import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openSqliteStore, type SqliteStore } from '#event-store-sqlite/open';
import type { EventStore } from '#event-store/port';
import { StoreUnusable } from '#event-store/store-unusable';
import { readDatabase } from '#projections/read-database';
import { FACET_NAMES, facetsOf } from '#projections/view-event';
import { openViews, type RunningViews, type Views } from '#projections/views';
import { neverBack, systemClock, type Clock } from './clock.ts';
import { createExecutor, type Execute } from './execute.ts';
import { openPast, type Past } from './past.ts';
import { sqliteViewSource } from './sqlite-views.ts';

/** A ledger that is open: its log, its views, and the way in. */
export interface Ledger {
  readonly directory: string;
  readonly store: EventStore;
  readonly views: RunningViews;
  readonly execute: Execute;
  readonly past: Past;
  close(): Promise<void>;
}

export interface LedgerOptions {
  readonly directory: string;
  readonly clock?: Clock;
  /** False where so much is written that views had better catch up once, at the end. */
  readonly following?: boolean;
  /** How far the views have caught up with the log, while they do. */
  readonly onProgress?: Parameters<RunningViews['catchUp']>[0];
}

const FACETS = { names: FACET_NAMES, of: facetsOf };

/**
 * Opens the ledger in a directory as its one writer, and makes it when it is missing. Its views are
 * caught up when this returns, and follow the log from then on unless told otherwise.
 */
export const openLedger = async (options: LedgerOptions): Promise<Ledger> => {
  const { directory, clock = systemClock, following = true, onProgress } = options;
  const store = openSqliteStore({ directory, facets: FACETS });
  try {
    const views = openViewsFile(directory, store);
    await views.catchUp(onProgress);
    if (following) views.follow();
    const past = openPast({ directory, store, clock, keeps: true });
    return {
      directory,
      store,
      views,
      past,
      execute: createExecutor(store, neverBack(clock, await newestInstant(store))),
      close: async () => {
        await past.close();
        await store.close();
        await views.close();
      },
    };
  } catch (error) {
    await store.close();
    throw error;
  }
};

/** What can be read of a ledger while another process writes it. */
export type LedgerReader = Pick<Ledger, 'directory' | 'store' | 'past' | 'close'> & {
  readonly views: Pick<Views, 'db'>;
};

/** Whether there is a ledger in a directory. */
export const ledgerExists = (directory: string): boolean =>
  existsSync(join(directory, 'events.sqlite'));

/** Throws a sentence that says how to begin one where there is no ledger. */
export const requireLedger = (directory: string): void => {
  if (ledgerExists(directory)) return;
  throw new StoreUnusable(
    'foreign-file',
    `There is no ledger in ${directory}. Begin one with \`mz import\` or \`mz demo\`.`,
    `${directory} 里没有台账。请先用 mz import 导入,或用 mz demo 试用。`,
  );
};

/** Opens a ledger beside its writer; views are as the writer keeps them. */
export const openLedgerReader = (directory: string): LedgerReader => {
  requireLedger(directory);
  const store = openSqliteStore({ directory, facets: FACETS, readOnly: true });
  const db = new DatabaseSync(join(directory, VIEWS_FILE), { readOnly: true });
  const past = openPast({ directory, store, clock: systemClock, keeps: false });
  return {
    directory,
    store,
    past,
    views: { db: readDatabase(db) },
    close: async () => {
      await past.close();
      await store.close();
      db.close();
    },
  };
};

const VIEWS_FILE = 'views.sqlite';

/** The views hold nothing of their own: a file that cannot be read is made anew from the log. */
const openViewsFile = (directory: string, store: SqliteStore): RunningViews => {
  const file = join(directory, VIEWS_FILE);
  const open = () => openViews({ file, store, source: sqliteViewSource(store.readStored) });
  try {
    return open();
  } catch {
    for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
    return open();
  }
};

const newestInstant = async (store: EventStore): Promise<string | undefined> => {
  const head = await store.head();
  if (head === undefined) return undefined;
  for await (const event of store.readAll({ from: head })) return event.meta['recordedAt'];
  return undefined;
};
