import { parseCheckpoint, type Checkpoint } from './checkpoint.ts';
import { readCosignature } from './cosignature.ts';
import type { KeyRef, VerifierKey } from './key.ts';
import type { Note } from './note.ts';
import { openNote, type VerifiedSignature } from './open-note.ts';
import type { Policy, Quorum } from './policy.ts';

export type JudgedCheckpoint =
  | {
      readonly kind: 'accepted';
      readonly checkpoint: Checkpoint;
      readonly cosigned: readonly CosignedBy[];
    }
  | { readonly kind: 'invalid-signature'; readonly by: KeyRef } // of a log or witness that is known
  | { readonly kind: 'no-log-signature' } // by a log of the policy with this origin
  | { readonly kind: 'no-quorum'; readonly cosigned: readonly CosignedBy[] };

export interface CosignedBy {
  /** As the policy calls the witness. */
  readonly witness: string;
  readonly posixSeconds: number;
}

/**
 * Whether a policy accepts a checkpoint: a log with its origin signed it, and enough witnesses
 * did. Throws `Malformed` when the note is no checkpoint.
 */
export const judgeCheckpoint = (note: Note, policy: Policy): JudgedCheckpoint => {
  const checkpoint = parseCheckpoint(note.text);
  const opened = openNote(note, [...policy.logs, ...policy.witnesses.map(({ key }) => key)]);
  if (opened.kind === 'invalid-signature') return opened;
  const verified = opened.kind === 'verified' ? opened.verified : [];
  const signedBy = new Set(verified.map(({ key }) => key));
  const isByLog = policy.logs.some((key) => signedBy.has(key) && key.name === checkpoint.origin);
  if (!isByLog) return { kind: 'no-log-signature' };
  const cosigned = witnessesIn(verified, policy);
  return isMet(policy.quorum, signedBy)
    ? { kind: 'accepted', checkpoint, cosigned }
    : { kind: 'no-quorum', cosigned };
};

const witnessesIn = (
  verified: readonly VerifiedSignature<VerifierKey>[],
  { witnesses }: Policy,
): readonly CosignedBy[] =>
  witnesses.flatMap(({ name, key }) => {
    const found = verified.find((one) => one.key === key);
    const cosignature = found && readCosignature(found.signature);
    return cosignature ? [{ witness: name, posixSeconds: cosignature.posixSeconds }] : [];
  });

const isMet = (quorum: Quorum | undefined, signedBy: ReadonlySet<VerifierKey>): boolean => {
  if (quorum === undefined) return true;
  if (quorum.kind === 'witness') return signedBy.has(quorum.key);
  return quorum.members.filter((member) => isMet(member, signedBy)).length >= quorum.threshold;
};
