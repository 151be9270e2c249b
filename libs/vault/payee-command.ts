import { notRecorded, type Entry, type NotRecorded } from '#application/commands/command-result';
import type { PayeeIdentity } from '#ledger/payee/payee-events';
import type { Person } from './person.ts';
import { storePerson } from './store-person.ts';
import type { VaultPlace } from './vault-key.ts';

/** A payee as it is entered; a person's data part from the command here. */
export interface EnteredPayee extends PayeeIdentity {
  readonly person?: Person | undefined;
}

/**
 * The command for a payee. A person's data are on disk in the vault when this returns, and the command
 * has the commitment. `recordId` follows from the key of the command, so asking again stores once.
 */
export const payeeCommand = <Type extends 'RegisterPayee' | 'ChangePayee'>(
  vault: VaultPlace,
  type: Type,
  { person, ...payee }: EnteredPayee,
  recordId: string,
  entry: Entry,
): { readonly type: Type; readonly data: PayeeIdentity } | NotRecorded => {
  if (person === undefined) return { type, data: payee };
  const stored = storePerson(vault, { recordId, payeeId: payee.payeeId, person });
  switch (stored.kind) {
    case 'stored':
      return { type, data: { ...payee, commitment: stored.commitment } };
    case 'conflicting':
      return notRecorded(stored, entry);
    case 'forgotten':
      return notRecorded({ kind: 'forgotten', ...stored.tombstone }, entry);
  }
};
