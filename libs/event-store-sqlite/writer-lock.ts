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
  const db = openLock(directory);
  try {
    db.exec('PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE');
  } catch (error) {
    db.close();
    throw inUse(directory, holderOf(holderFile), error);
  }
  writeFileSync(holderFile, `${process.pid}\n`);
  return { release: () => db.close() };
};

const openLock = (directory: string): DatabaseSync => {
  try {
    return new DatabaseSync(join(directory, 'writer.lock'));
  } catch (error) {
    throw new StoreUnusable(
      'directory-unusable',
      `${directory} cannot be written to. Look at its permissions, or choose another with --data.`,
      `${directory} 不能写入。请检查权限,或用 --data 换一个目录。`,
      error,
    );
  }
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
