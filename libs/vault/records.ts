import type { DatabaseSync } from 'node:sqlite';
import { commitmentTo } from './commitment.ts';
import { readPerson, type Person } from './person.ts';
import { newKey, seal, unseal } from './seal.ts';
import {
  keyOfAnotherVault,
  readOrMakeVaultKey,
  readVaultKey,
  type VaultPlace,
} from './vault-key.ts';

/** A record as it was opened: the person, and the commitment that it opens. */
export interface OpenedRecord {
  readonly recordId: string;
  readonly person: Person;
  readonly commitment: string;
}

/** The vault's key, once it has been seen to be the one this vault was made with. */
export const vaultKeyOf = (vault: VaultPlace, db: DatabaseSync): Buffer => {
  const proof = db.prepare('SELECT keyProof FROM proof').get()?.['keyProof'];
  if (proof === undefined) {
    const made = readOrMakeVaultKey(vault);
    db.prepare('INSERT INTO proof VALUES (?)').run(seal(made, ['vault'], Buffer.alloc(0)));
    return made;
  }
  const key = readVaultKey(vault);
  if (!(proof instanceof Uint8Array) || unseal(key, ['vault'], proof) === undefined) {
    throw keyOfAnotherVault(vault);
  }
  return key;
};

/** The key of a subject; undefined when there is none, or it was altered. */
export const subjectKey = (
  db: DatabaseSync,
  vaultKey: Uint8Array,
  payeeId: string,
): Buffer | undefined => {
  const row = db.prepare('SELECT wrappedKey FROM subject WHERE payeeId = ?').get(payeeId);
  const wrapped = row?.['wrappedKey'];
  return wrapped instanceof Uint8Array ? unseal(vaultKey, ['key', payeeId], wrapped) : undefined;
};

export const addSubject = (
  db: DatabaseSync,
  vaultKey: Uint8Array,
  payeeId: string,
  at: string,
): Buffer => {
  const key = newKey();
  db.prepare('INSERT INTO subject VALUES (?, ?, ?)').run(
    payeeId,
    seal(vaultKey, ['key', payeeId], key),
    at,
  );
  return key;
};

export interface NewRecord {
  readonly recordId: string;
  readonly payeeId: string;
  readonly salt: Uint8Array;
  readonly text: string;
  readonly at: string;
}

export const addRecord = (db: DatabaseSync, key: Uint8Array, record: NewRecord): void => {
  const { recordId, payeeId, salt, text, at } = record;
  db.prepare('INSERT INTO record VALUES (?, ?, ?, ?, ?)').run(
    recordId,
    payeeId,
    seal(key, ['salt', payeeId, recordId], salt),
    seal(key, ['person', payeeId, recordId], Buffer.from(text)),
    at,
  );
};

/** All records of a subject that open, the newest last; one that was altered does not. */
export const openRecords = (
  db: DatabaseSync,
  vaultKey: Uint8Array,
  payeeId: string,
): readonly OpenedRecord[] => {
  const key = subjectKey(db, vaultKey, payeeId);
  if (key === undefined) return [];
  return db
    .prepare('SELECT * FROM record WHERE payeeId = ? ORDER BY rowid')
    .all(payeeId)
    .flatMap((row) => openRecord(key, payeeId, row));
};

const openRecord = (
  key: Uint8Array,
  payeeId: string,
  { recordId, salt, person }: Readonly<Record<string, unknown>>,
): readonly OpenedRecord[] => {
  if (!(salt instanceof Uint8Array && person instanceof Uint8Array)) return [];
  const id = String(recordId);
  const clearSalt = unseal(key, ['salt', payeeId, id], salt);
  const text = unseal(key, ['person', payeeId, id], person);
  if (clearSalt === undefined || text === undefined) return [];
  const read = readPerson(JSON.parse(text.toString('utf8')));
  if (read.kind === 'faulty') return [];
  return [{ recordId: id, person: read.person, commitment: commitmentTo(clearSalt, read.person) }];
};
