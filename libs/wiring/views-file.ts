import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { isNativeError } from 'node:util/types';
import type { SqliteStore } from '#event-store-sqlite/open';
import type { EventStore } from '#event-store/port';
import { readDatabase } from '#projections/engine/read-database';
import { prepareViewStore, viewStatesIn } from '#projections/engine/generation';
import { openViews } from '#projections/open-views';
import type { RunningViews, Views } from '#projections/engine/running-views';
import { VIEWS_FILE } from './lost-log.ts';
import { sqliteViewSource } from './sqlite-views.ts';

/**
 * Opens the views in a directory for folding. They follow from the log, so a file that SQLite cannot
 * read, or whose tables have another shape, is removed and built anew. Every other error is thrown and
 * the file stays: another process has it open, its rights are wrong, the disk is full.
 */
export const openViewsFile = (directory: string, log: SqliteStore): RunningViews => {
  const file = join(directory, VIEWS_FILE);
  const open = () => openViews({ file, store: log, source: sqliteViewSource(log.readStored) });
  try {
    if (existsSync(file)) requireShape(file);
    return open();
  } catch (error) {
    if (!(error instanceof OtherShape || isUnreadable(error))) throw error;
    for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
    return open();
  }
};

/** Opens the views as their writer has them; empty ones where nothing was folded yet. */
export const openViewsToRead = (
  directory: string,
  log: EventStore,
): Pick<Views, 'db' | 'status' | 'close'> => {
  const file = join(directory, VIEWS_FILE);
  if (!existsSync(file)) return openViews({ file: ':memory:', store: log });
  const database = new DatabaseSync(file, { readOnly: true });
  const db = readDatabase(database);
  return {
    db,
    status: () => viewStatesIn(db),
    close: () => {
      database.close();
      return Promise.resolve();
    },
  };
};

class OtherShape extends Error {}

/** The tables that say where each view is must be those of this release; a view's own have a version. */
const requireShape = (file: string): void => {
  const db = new DatabaseSync(file);
  const fresh = new DatabaseSync(':memory:');
  try {
    prepareViewStore(fresh);
    const found = tablesOf(db);
    for (const [name, sql] of tablesOf(fresh)) {
      if (found.has(name) && found.get(name) !== sql) throw new OtherShape(String(name));
    }
  } finally {
    db.close();
    fresh.close();
  }
};

const tablesOf = (db: DatabaseSync): ReadonlyMap<unknown, unknown> =>
  new Map(
    db
      .prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'table'")
      .all()
      .map(({ name, sql }) => [name, sql]),
  );

/** Primary result codes of SQLite: SQLITE_CORRUPT, SQLITE_NOTADB. */
const UNREADABLE: readonly number[] = [11, 26];

const isUnreadable = (error: unknown): boolean =>
  isNativeError(error) && 'errcode' in error && UNREADABLE.includes(Number(error.errcode) & 0xff);
