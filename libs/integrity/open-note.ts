import type { KeyRef, Verifier } from './key.ts';
import type { Note, NoteSignature } from './note.ts';

export type OpenedNote<V extends Verifier = Verifier> =
  | {
      readonly kind: 'verified';
      /** One for each known key, however often it signed. */
      readonly verified: readonly VerifiedSignature<V>[];
      readonly unverified: readonly KeyRef[];
    }
  | { readonly kind: 'invalid-signature'; readonly by: KeyRef } // of a key that is known
  | { readonly kind: 'nobody-known' };

export interface VerifiedSignature<V extends Verifier = Verifier> {
  readonly key: V;
  readonly signature: Uint8Array;
}

/**
 * Who signed a note. Signatures of unknown keys are ignored; a bad one of a known key spoils the
 * note, and so does the lack of any good one: c2sp.org/signed-note, Signatures.
 */
export const openNote = <V extends Verifier>(
  { text, signatures }: Note,
  known: readonly V[],
): OpenedNote<V> => {
  const verified: VerifiedSignature<V>[] = [];
  const unverified: NoteSignature[] = [];
  for (const line of signatures) {
    const candidates = known.filter(isOf(line));
    const key = candidates.find((candidate) => candidate.verify(text, line.signature));
    if (key !== undefined) verified.push({ key, signature: line.signature });
    else if (candidates.length > 0) return { kind: 'invalid-signature', by: refOf(line) };
    else unverified.push(line);
  }
  if (verified.length === 0) return { kind: 'nobody-known' };
  return {
    kind: 'verified',
    verified: onceEach(verified, ({ key }) => key),
    unverified: onceEach(unverified.map(refOf), (ref) => ref),
  };
};

const isOf =
  ({ name, id }: KeyRef) =>
  (key: KeyRef): boolean =>
    key.name === name && key.id === id;

const refOf = ({ name, id }: KeyRef): KeyRef => ({ name, id });

const onceEach = <T>(items: readonly T[], keyOf: (item: T) => KeyRef): readonly T[] =>
  items.filter((item, at) => items.findIndex((other) => isOf(keyOf(item))(keyOf(other))) === at);
