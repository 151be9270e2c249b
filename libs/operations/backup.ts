import { chmodSync, copyFileSync, cpSync, existsSync, mkdirSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StoreUnusable } from '#event-store/store-unusable';
import { issuingKeysFile } from '#application/access/issuing-keys';
import { checkpointDirectory } from '#transparency-log/checkpoints/checkpoint-files';
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
 * opened. Checkpoints come along, and the mark of issued tokens: a ledger that is restored without its
 * keys says so, and does not begin another log. The target appears whole or not at all. Keys are in it
 * only where they are asked for; the signer's memory and the vault never are.
 */
export const backUp = (
  directory: string,
  target: string,
  { keys }: { readonly keys: readonly string[] } = { keys: [] },
): Promise<Backup> => {
  requireLedger(directory);
  return writeWholeDirectory(target, (partial) => {
    try {
      const backup = copyAll(directory, partial);
      copyMarks(directory, partial);
      for (const file of keys) copyKey(directory, file, partial);
      return Promise.resolve(backup);
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

/** What is no secret, and says which keys this ledger has. */
const copyMarks = (directory: string, partial: string): void => {
  const checkpoints = checkpointDirectory(directory);
  if (existsSync(checkpoints)) {
    cpSync(checkpoints, join(partial, relative(directory, checkpoints)), { recursive: true });
  }
  const mark = issuingKeysFile(directory);
  if (existsSync(mark)) copyFileSync(mark, join(partial, basename(mark)));
};

/** A key of the directory under its own name, one that is placed elsewhere under the name of its file. */
const copyKey = (directory: string, file: string, partial: string): void => {
  if (!existsSync(file)) return;
  const within = relative(directory, file);
  const target = join(partial, within.startsWith('..') ? basename(file) : within);
  mkdirSync(dirname(target), { recursive: true, mode: 0o700 });
  copyFileSync(file, target);
  chmodSync(target, 0o600);
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
