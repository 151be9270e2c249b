import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openLedger, VIEWS_FILE } from '#wiring/ledger';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

let directory: string;
let remove: () => void;
const file = (): string => join(directory, VIEWS_FILE);
const inode = (): number => statSync(file()).ino;

/** Opens the ledger and closes it again; answers whether every view serves. */
const open = async (): Promise<boolean> => {
  const ledger = await openLedger({ directory });
  const isServing = ledger.views.status().every(({ halted }) => halted === undefined);
  await ledger.close();
  return isServing;
};

beforeEach(async () => {
  ({ directory, remove } = temporaryDirectory());
  await open();
});
afterEach(() => remove());

/** Runs SQL in the file of views, which stays open until `close`. */
const withViews = (sql: string) => {
  const db = new DatabaseSync(file());
  db.exec(sql);
  return db;
};

test('A file of views that is not a database is removed and built anew', async () => {
  for (const suffix of ['-wal', '-shm']) rmSync(file() + suffix, { force: true });
  writeFileSync(
    file(),
    'a text that somebody saved here, longer than a header of SQLite. '.repeat(9),
  );
  expect(await open()).toBe(true);
});

test('A file of views that is corrupt is removed and built anew', async () => {
  const { size } = statSync(file());
  writeFileSync(file(), Buffer.alloc(size - 100, 0xff), { flag: 'r+' });
  const db = new DatabaseSync(file());
  expect(() => db.prepare('SELECT * FROM sqlite_schema').all()).toThrow();
  db.close();
  expect(await open()).toBe(true);
});

test('A file whose tables have another shape is removed and built anew', async () => {
  withViews('ALTER TABLE view_generation RENAME COLUMN serving TO active').close();
  expect(await open()).toBe(true);
  expect(withViews('SELECT serving FROM view_generation').close()).toBeUndefined();
});

test('A file of views that another process has locked stays, and the error is passed on', async () => {
  const before = inode();
  const other = withViews(
    'PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; CREATE TABLE mine (x)',
  );
  await expect(open()).rejects.toThrow('database is locked');
  expect(inode()).toBe(before);
  other.exec('COMMIT');
  other.close();
  expect(await open()).toBe(true);
  expect(withViews('SELECT * FROM mine').close()).toBeUndefined();
});

test('What cannot be opened at all stays, and the error is passed on', async () => {
  for (const suffix of ['', '-wal', '-shm']) rmSync(file() + suffix, { force: true });
  mkdirSync(file());
  const before = inode();
  await expect(open()).rejects.toThrow('unable to open database file');
  expect(inode()).toBe(before);
});

test('A row that our own code cannot read stays for us to look at, and the error is passed on', async () => {
  withViews(`UPDATE view_generation SET halted = '{ no JSON' WHERE serving = 1`).close();
  const before = inode();
  await expect(open()).rejects.toThrow(SyntaxError);
  expect(inode()).toBe(before);
});
