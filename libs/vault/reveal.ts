import type { DatabaseSync } from 'node:sqlite';
import type { Actor, Role } from '#ledger/context';
import { systemClock } from '#application/commands/clock';
import { isDisclosedIn, type Person } from './person.ts';
import { openRecords, vaultKeyOf } from './records.ts';
import { tombstoneOf, type Tombstone } from './tombstone.ts';
import { inTransaction, vaultExists, withVaultFile } from './vault-file.ts';
import type { VaultPlace } from './vault-key.ts';

/** Who may look behind a commitment. The administrator, who may forget, may not look. */
export const REVEALERS: readonly Role[] = ['finance', 'auditor', 'inspector'];

export const MOST_REASON_CHARACTERS = 500;

export interface Look {
  readonly payeeId: string;
  /** What the log says; what is shown opens it. */
  readonly commitment: string | undefined;
  readonly actor: Actor;
  readonly reason: string;
}

export type Revealed =
  | { readonly kind: 'revealed'; readonly person: Person }
  | { readonly kind: 'not-held' }
  | { readonly kind: 'forgotten'; readonly tombstone: Tombstone }
  /** Something is held, and it is not what the log committed to. */
  | { readonly kind: 'differs' }
  /** The reason is kept for ever, and would keep the person's data with it. */
  | { readonly kind: 'reason-discloses' };

/** Shows a person's data, once who looked, when and why is on disk. */
export const revealPerson = (vault: VaultPlace, look: Look): Revealed => {
  if (!vaultExists(vault.directory)) return { kind: 'not-held' };
  return withVaultFile(vault.directory, (db) =>
    inTransaction(db, (): Revealed => {
      const tombstone = tombstoneOf(db, look.payeeId);
      if (tombstone !== undefined) return { kind: 'forgotten', tombstone };
      if (look.commitment === undefined || !isStored(db, look.payeeId)) return { kind: 'not-held' };
      const records = openRecords(db, vaultKeyOf(vault, db), look.payeeId);
      const record = records.find(({ commitment }) => commitment === look.commitment);
      if (record === undefined) return { kind: 'differs' };
      if (records.some(({ person }) => isDisclosedIn(person, look.reason))) {
        return { kind: 'reason-discloses' };
      }
      note(db, look);
      return { kind: 'revealed', person: record.person };
    }),
  );
};

const isStored = (db: DatabaseSync, payeeId: string): boolean =>
  db.prepare('SELECT 1 FROM record WHERE payeeId = ?').get(payeeId) !== undefined;

const note = (db: DatabaseSync, { payeeId, actor, reason }: Look): void => {
  const { id, organisation, role } = actor;
  db.prepare(
    'INSERT INTO reveal (payeeId, at, actorId, organisation, role, reason) VALUES (?, ?, ?, ?, ?, ?)',
  ).run(payeeId, systemClock(), id, organisation, role, reason);
};

/** One look at a person's data, as it was noted. */
export interface NotedLook {
  readonly payeeId: string;
  readonly at: string;
  readonly by: string;
  readonly role: string;
  readonly reason: string;
}

/** Every look there was, the oldest first. */
export const looksAt = (directory: string, payeeId?: string): readonly NotedLook[] => {
  if (!vaultExists(directory)) return [];
  return withVaultFile(directory, (db) =>
    db
      .prepare('SELECT * FROM reveal WHERE ?1 IS NULL OR payeeId = ?1 ORDER BY number')
      .all(payeeId ?? null)
      .map((row) => ({
        payeeId: String(row['payeeId']),
        at: String(row['at']),
        by: `${row['actorId']} (${row['organisation']})`,
        role: String(row['role']),
        reason: String(row['reason']),
      })),
  );
};
