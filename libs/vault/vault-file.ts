import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { makeDirectory } from '#files/make-directory';
import { StoreUnusable } from '#event-store/store-unusable';

/** 'MZVT' in ASCII. */
const APPLICATION_ID = 0x4d5a5654;
const SCHEMA_VERSION = 1;
const BUSY_MS = 10_000;

export const vaultFile = (directory: string): string => join(directory, 'vault.sqlite');

export const vaultExists = (directory: string): boolean => existsSync(vaultFile(directory));

/** Holds pages as they were before the last change, and is kept so that it can be overwritten. */
export const journalFile = (directory: string): string => `${vaultFile(directory)}-journal`;

/**
 * Opens the vault for one piece of work and closes it, so that no process stands in the way of
 * another that forgets. There is no write-ahead log, which would keep what was erased.
 */
export const withVaultFile = <Result>(
  directory: string,
  work: (db: DatabaseSync) => Result,
): Result => {
  const file = vaultFile(directory);
  if (!existsSync(file)) {
    makeDirectory(directory);
    writeFileSync(file, '', { mode: 0o600, flag: 'a' });
  }
  const db = new DatabaseSync(file, { timeout: BUSY_MS });
  try {
    guarded(file, () => prepare(db));
    return work(db);
  } finally {
    db.close();
  }
};

/** All of it, or nothing. */
export const inTransaction = <Result>(db: DatabaseSync, work: () => Result): Result => {
  db.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    db.exec('COMMIT');
    return result;
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
};

const prepare = (db: DatabaseSync): void => {
  db.exec(`
    PRAGMA journal_mode = PERSIST; PRAGMA synchronous = EXTRA; PRAGMA secure_delete = ON;
    PRAGMA temp_store = MEMORY; PRAGMA foreign_keys = ON`);
  if (isEmpty(db)) {
    inTransaction(db, () => {
      if (isEmpty(db)) db.exec(SCHEMA);
    });
  }
  const isVault = integerOf(db, 'application_id') === APPLICATION_ID;
  if (!isVault || integerOf(db, 'user_version') !== SCHEMA_VERSION) {
    throw new Error('file is not a database of this kind');
  }
};

const integerOf = (db: DatabaseSync, pragma: 'application_id' | 'user_version'): number =>
  Number(db.prepare(`PRAGMA ${pragma}`).get()?.[pragma]);

const isEmpty = (db: DatabaseSync): boolean =>
  db.prepare('SELECT 1 FROM sqlite_schema').get() === undefined;

const guarded = (file: string, open: () => void): void => {
  try {
    open();
  } catch (error) {
    if (!/not a database|malformed/.test(String(error))) throw error;
    throw new StoreUnusable(
      'damaged-file',
      `${file} is not a vault that can be read. It was left as it is; restore it from a copy.`,
      `${file} 不是可读的保险库,未作任何改动;请从副本恢复。`,
      error,
    );
  }
};

const onlyAppend = (table: 'forgotten' | 'reveal'): string =>
  (['UPDATE', 'DELETE'] as const)
    .map(
      (verb) => `CREATE TRIGGER ${table}_refuses_${verb.toLowerCase()} BEFORE ${verb} ON ${table}
        BEGIN SELECT RAISE(ABORT, 'This table is only ever appended to.'); END;`,
    )
    .join('\n');

/**
 * `wrappedKey` is the subject's key under the vault's; salt and person are under the subject's.
 * A record belongs to one command: a change of data adds one, and the log says which counts.
 */
const SCHEMA = `
  CREATE TABLE proof (keyProof BLOB NOT NULL) STRICT;
  CREATE TABLE subject (
    payeeId TEXT PRIMARY KEY,
    wrappedKey BLOB NOT NULL,
    createdAt TEXT NOT NULL
  ) STRICT;
  CREATE TABLE record (
    recordId TEXT PRIMARY KEY,
    payeeId TEXT NOT NULL REFERENCES subject (payeeId),
    salt BLOB NOT NULL,
    person BLOB NOT NULL,
    createdAt TEXT NOT NULL
  ) STRICT;
  CREATE INDEX record_of_subject ON record (payeeId);
  CREATE TABLE forgotten (
    payeeId TEXT PRIMARY KEY,
    at TEXT NOT NULL,
    actorId TEXT NOT NULL,
    organisation TEXT NOT NULL,
    reason TEXT NOT NULL
  ) STRICT;
  CREATE TABLE reveal (
    number INTEGER PRIMARY KEY,
    payeeId TEXT NOT NULL,
    at TEXT NOT NULL,
    actorId TEXT NOT NULL,
    organisation TEXT NOT NULL,
    role TEXT NOT NULL,
    reason TEXT NOT NULL
  ) STRICT;
  ${onlyAppend('forgotten')}
  ${onlyAppend('reveal')}
  PRAGMA application_id = ${APPLICATION_ID};
  PRAGMA user_version = ${SCHEMA_VERSION};
`;
