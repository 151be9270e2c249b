import { closeSync, existsSync, fsyncSync, openSync, statSync, writeSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import type { Actor, Role } from '#ledger/context';
import { StoreUnusable } from '#event-store/store-unusable';
import { systemClock } from '#application/commands/clock';
import { isDisclosedIn } from './person.ts';
import { openRecords, vaultKeyOf } from './records.ts';
import { tombstoneOf, type Tombstone } from './tombstone.ts';
import { inTransaction, journalFile, vaultExists, withVaultFile } from './vault-file.ts';
import type { VaultPlace } from './vault-key.ts';

export const FORGETTERS: readonly Role[] = ['administrator'];

export interface Wish {
  readonly payeeId: string;
  readonly actor: Actor;
  readonly reason: string;
}

export type Forgotten =
  | { readonly kind: 'forgotten' | 'forgotten-before'; readonly tombstone: Tombstone }
  | { readonly kind: 'not-held' }
  | { readonly kind: 'reason-discloses' };

/**
 * Erases key, salt and data of a person; nothing can be read of them in the files afterwards. The log
 * is not touched. Asked again, it says when it was done, and erases once more whatever a run that was
 * cut short left behind.
 */
export const forgetPerson = (vault: VaultPlace, wish: Wish): Forgotten => {
  const { directory } = vault;
  if (!vaultExists(directory)) return { kind: 'not-held' };
  return withVaultFile(directory, (db) => {
    const outcome = inTransaction(db, () => {
      // From here on nobody else reads or writes the file until it is closed.
      db.exec('PRAGMA locking_mode = EXCLUSIVE');
      return erase(vault, db, wish);
    });
    if ('tombstone' in outcome) {
      db.exec('VACUUM');
      overwrite(journalFile(directory));
    }
    return outcome;
  });
};

const erase = (vault: VaultPlace, db: DatabaseSync, wish: Wish): Forgotten => {
  const { payeeId, actor, reason } = wish;
  const before = tombstoneOf(db, payeeId);
  if (before !== undefined) return { kind: 'forgotten-before', tombstone: before };
  if (db.prepare('SELECT 1 FROM subject WHERE payeeId = ?').get(payeeId) === undefined) {
    return { kind: 'not-held' };
  }
  if (tells(vault, db, wish)) return { kind: 'reason-discloses' };
  // With secure_delete zeros are written over what is deleted.
  db.prepare('DELETE FROM record WHERE payeeId = ?').run(payeeId);
  db.prepare('DELETE FROM subject WHERE payeeId = ?').run(payeeId);
  const { id, organisation } = actor;
  const at = systemClock();
  db.prepare('INSERT INTO forgotten VALUES (?, ?, ?, ?, ?)').run(
    payeeId,
    at,
    id,
    organisation,
    reason,
  );
  return {
    kind: 'forgotten',
    tombstone: { payeeId, at, by: `${id} (${organisation})`, reason },
  };
};

/** A vault whose key is lost cannot be read, and can be erased all the same. */
const tells = (vault: VaultPlace, db: DatabaseSync, { payeeId, reason }: Wish): boolean => {
  try {
    const records = openRecords(db, vaultKeyOf(vault, db), payeeId);
    return records.some(({ person }) => isDisclosedIn(person, reason));
  } catch (error) {
    if (error instanceof StoreUnusable) return false;
    throw error;
  }
};

/** Writes zeros over a journal, which held the pages as they were, before it is given back to the disk. */
const overwrite = (journal: string): void => {
  if (!existsSync(journal)) return;
  const file = openSync(journal, 'r+');
  try {
    writeSync(file, Buffer.alloc(statSync(journal).size));
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
};
