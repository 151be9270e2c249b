import { chmodSync, copyFileSync, existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { makeDirectory } from '#event-store-sqlite/make-directory';
import { StoreUnusable } from '#event-store/store-unusable';
import { requireLedger, VIEWS_FILE } from './ledger.ts';
import { HISTORY_FILE } from './past.ts';

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
export const backUp = (directory: string, target: string): Backup => {
  requireLedger(directory);
  const beside = `${target}.partial`;
  rmSync(beside, { recursive: true, force: true });
  claim(target, beside);
  const history = join(directory, HISTORY_FILE);
  if (existsSync(history)) copyFileSync(history, join(beside, HISTORY_FILE));
  if (existsSync(join(directory, VIEWS_FILE))) copyDatabase(directory, beside, VIEWS_FILE);
  copyDatabase(directory, beside, LOG_FILE);
  const backup = readThrough(join(beside, LOG_FILE));
  renameSync(beside, target);
  return backup;
};

const LOG_FILE = 'events.sqlite';

/** A directory that holds something is not written to. */
const claim = (target: string, beside: string): void => {
  if (existsSync(target) && readdirSync(target).length > 0) {
    throw new StoreUnusable(
      'directory-unusable',
      `${target} is not empty; a backup needs a directory of its own.`,
      `${target} 不是空目录;备份须单独一个目录。`,
    );
  }
  makeDirectory(beside);
  chmodSync(beside, 0o700);
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
