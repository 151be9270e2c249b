import { chmodSync, copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StoreUnusable } from '#event-store/store-unusable';
import { requireLedger, VIEWS_FILE } from '#wiring/ledger';
import { HISTORY_FILE } from '#history/historical-reads';
import { writeWholeDirectory } from '#files/whole-directory';

/** What a backup holds. */
export interface Backup {
  readonly events: number;
  readonly newest: string | undefined;
}

/**
 * Copies the data of a ledger, or of a node of a cluster, while it goes on working. Views come
 * before the log, so they never know more than it; whatever they lack is folded when they are
 * opened. The target appears whole or not at all, and keys are not in it.
 */
export const backUp = (directory: string, target: string): Promise<Backup> => {
  requireLedger(directory);
  return writeWholeDirectory(target, (partial) => {
    try {
      return Promise.resolve(copyAll(directory, partial));
    } catch (error) {
      throw cannotCopy(target, error);
    }
  });
};

const LOG_FILE = 'events.sqlite';

const copyAll = (directory: string, partial: string): Backup => {
  chmodSync(partial, 0o700);
  const history = join(directory, HISTORY_FILE);
  if (existsSync(history)) copyFileSync(history, join(partial, HISTORY_FILE));
  if (existsSync(join(directory, VIEWS_FILE))) copyDatabase(directory, partial, VIEWS_FILE);
  copyDatabase(directory, partial, LOG_FILE);
  return readThrough(join(partial, LOG_FILE));
};

/** One reading transaction of the whole file: what was committed when it began, in order. */
const copyDatabase = (from: string, to: string, name: string): void => {
  const db = new DatabaseSync(join(from, name), { readOnly: true });
  try {
    db.prepare('VACUUM INTO ?').run(join(to, name));
  } finally {
    db.close();
  }
};

/** Reads the copy through: a backup that is only believed is none. */
const readThrough = (file: string): Backup => {
  const db = new DatabaseSync(file, { readOnly: true });
  try {
    const verdict = db.prepare('PRAGMA integrity_check(1)').get()?.['integrity_check'];
    if (verdict !== 'ok') throw new Error(`The backup ${file} cannot be read: ${String(verdict)}.`);
    const row = db.prepare('SELECT count(*) AS events, max(position) AS newest FROM event').get();
    const newest = db
      .prepare('SELECT id FROM event WHERE position = ?')
      .get(Number(row?.['newest']))?.['id'];
    return {
      events: Number(row?.['events']),
      newest: typeof newest === 'string' ? newest : undefined,
    };
  } finally {
    db.close();
  }
};

const cannotCopy = (target: string, cause: unknown): StoreUnusable => {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new StoreUnusable(
    'directory-unusable',
    `Nothing was backed up to ${target}: ${reason}. Look at its room and rights, and at the ledger with mz doctor.`,
    `没有备份到 ${target}:${reason}。请检查空间和权限,并用 mz doctor 检查台账。`,
    cause,
  );
};
