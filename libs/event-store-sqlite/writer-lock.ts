import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StoreUnusable } from '#event-store/store-unusable';

/**
 * Holds a directory for its one writer. The lock is a transaction on a small SQLite file, so the
 * operating system lets go of it when the process ends, however it ends.
 */
export const lockForWriting = (directory: string): { readonly release: () => void } => {
  const holderFile = join(directory, 'writer.pid');
  const db = new DatabaseSync(join(directory, 'writer.lock'));
  try {
    db.exec('PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE');
  } catch (error) {
    db.close();
    throw inUse(directory, holderOf(holderFile), error);
  }
  writeFileSync(holderFile, `${process.pid}\n`);
  return { release: () => db.close() };
};

const holderOf = (file: string): string => {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return '?';
  }
};

const inUse = (directory: string, pid: string, cause: unknown): StoreUnusable =>
  new StoreUnusable(
    'in-use',
    `The ledger in ${directory} is being written by another process (pid ${pid}). Stop it first, or use its address.`,
    `${directory} 的台账正由另一个进程(进程号 ${pid})写入;请先停止它,或改用它的网址。`,
    cause,
  );
