import type { DatabaseSync } from 'node:sqlite';
import type { EventStore } from '#event-store/port';
import { committedTo } from './committed.ts';
import { openRecords, vaultKeyOf } from './records.ts';
import { tombstoneOf } from './tombstone.ts';
import { vaultExists, withVaultFile } from './vault-file.ts';
import type { VaultPlace } from './vault-key.ts';

/** How what is held of a payee stands to what the log says of it. */
export type Standing =
  | 'matches' // every commitment of the log is opened by a record
  | 'differs' // one is not
  | 'unused' // held, and the log says nothing of it: its command never happened
  | 'forgotten'
  | 'not-held';

export interface Checked {
  readonly payeeId: string;
  readonly standing: Standing;
}

/** Works every commitment out again, of one payee or of all that the vault ever held. */
export const checkVault = async (
  vault: VaultPlace,
  log: Pick<EventStore, 'readStream'>,
  payeeId?: string,
): Promise<readonly Checked[]> => {
  const asked = payeeId === undefined ? everStored(vault.directory) : [payeeId];
  const checked: Checked[] = [];
  for (const one of asked) {
    const { commitments } = await committedTo(log, one);
    checked.push({ payeeId: one, standing: standingOf(vault, one, commitments) });
  }
  return checked;
};

const standingOf = (
  vault: VaultPlace,
  payeeId: string,
  commitments: readonly string[],
): Standing => {
  if (!vaultExists(vault.directory)) return 'not-held';
  return withVaultFile(vault.directory, (db) => {
    if (tombstoneOf(db, payeeId) !== undefined) return 'forgotten';
    if (!everStoredIn(db).includes(payeeId)) return 'not-held';
    if (commitments.length === 0) return 'unused';
    const opened = openRecords(db, vaultKeyOf(vault, db), payeeId);
    const isOpened = (wanted: string) => opened.some(({ commitment }) => commitment === wanted);
    return commitments.every(isOpened) ? 'matches' : 'differs';
  });
};

const everStored = (directory: string): readonly string[] =>
  vaultExists(directory) ? withVaultFile(directory, everStoredIn) : [];

const everStoredIn = (db: DatabaseSync): readonly string[] =>
  db
    .prepare('SELECT payeeId FROM subject UNION SELECT payeeId FROM forgotten ORDER BY payeeId')
    .all()
    .map((row) => String(row['payeeId']));
