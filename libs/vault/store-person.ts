import { systemClock } from '#application/commands/clock';
import { newSalt, commitmentTo } from './commitment.ts';
import { personText, type Person } from './person.ts';
import { addRecord, addSubject, openRecords, subjectKey, vaultKeyOf } from './records.ts';
import { tombstoneOf, type Tombstone } from './tombstone.ts';
import { inTransaction, withVaultFile } from './vault-file.ts';
import type { VaultPlace } from './vault-key.ts';

export interface Entry {
  /** Follows from the key of the command that will carry the commitment. */
  readonly recordId: string;
  readonly payeeId: string;
  readonly person: Person;
}

export type StoredPerson =
  | { readonly kind: 'stored'; readonly commitment: string }
  /** The same command was asked for before, with other data. */
  | { readonly kind: 'conflicting' }
  | { readonly kind: 'forgotten'; readonly tombstone: Tombstone };

/**
 * Puts a person's data away and answers the commitment for the event. It is on disk when this
 * returns, before the command is issued; asking again for the same answers the same commitment.
 */
export const storePerson = (
  vault: VaultPlace,
  { recordId, payeeId, person }: Entry,
): StoredPerson =>
  withVaultFile(vault.directory, (db) =>
    inTransaction(db, (): StoredPerson => {
      const tombstone = tombstoneOf(db, payeeId);
      if (tombstone !== undefined) return { kind: 'forgotten', tombstone };
      const vaultKey = vaultKeyOf(vault, db);
      if (db.prepare('SELECT 1 FROM record WHERE recordId = ?').get(recordId) !== undefined) {
        const stored = openRecords(db, vaultKey, payeeId).find((one) => one.recordId === recordId);
        return stored !== undefined && personText(stored.person) === personText(person)
          ? { kind: 'stored', commitment: stored.commitment }
          : { kind: 'conflicting' };
      }
      const at = systemClock();
      const key = subjectKey(db, vaultKey, payeeId) ?? addSubject(db, vaultKey, payeeId, at);
      const salt = newSalt();
      addRecord(db, key, { recordId, payeeId, salt, text: personText(person), at });
      return { kind: 'stored', commitment: commitmentTo(salt, person) };
    }),
  );
