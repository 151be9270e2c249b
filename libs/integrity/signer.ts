import { cosignatureBytes, cosignedText } from './cosignature.ts';
import { ed25519Key, newSeed } from './ed25519.ts';
import {
  COSIGNATURE,
  parseEncodedKey,
  verifierKey,
  type KeyRef,
  type SignatureType,
  type VerifierKey,
} from './key.ts';
import { Malformed } from './malformed.ts';
import type { Note, NoteSignature } from './note.ts';

/** Signs the text of a note. Where the key lives, and of which algorithm it is, is its own affair. */
export interface Signer extends KeyRef {
  readonly sign: (text: string) => Uint8Array;
}

/** An Ed25519 key that is read from, and written to, its encoded form. */
export interface SigningKey {
  readonly verifier: VerifierKey;
  /** A cosigning key states the time, in seconds since 1970; a signing key has no use for it. */
  readonly signerAt: (posixSeconds: number) => Signer;
}

/** The note with one line more for each signer: keys in rotation sign side by side. */
export const signNote = (
  text: string,
  signers: readonly Signer[],
  already: readonly NoteSignature[] = [],
): Note => ({ text, signatures: [...already, ...signatureLines(text, signers)] });

export const signatureLines = (
  text: string,
  signers: readonly Signer[],
): readonly NoteSignature[] =>
  signers.map(({ name, id, sign }) => ({ name, id, signature: sign(text) }));

/** A new private key, `PRIVATE+KEY+name+id+base64(type ‖ seed)`, as golang.org/x/mod writes it. */
export const newSkey = (
  name: string,
  type: SignatureType,
  seed: Uint8Array = newSeed(),
): string => {
  const { id } = verifierKey(name, type, ed25519Key(seed).publicKey);
  return `${PREFIX}${name}+${id}+${Buffer.concat([Uint8Array.of(type), seed]).toString('base64')}`;
};

/** Throws `Malformed`, and never repeats the key. */
export const parseSkey = (skey: string): SigningKey => {
  if (!skey.startsWith(PREFIX)) throw new Malformed('key', 'it is not a private key');
  const { name, id, type, bytes } = parseEncodedKey(skey.slice(PREFIX.length));
  const { publicKey, sign } = ed25519Key(bytes);
  const verifier = verifierKey(name, type, publicKey);
  if (verifier.id !== id) throw new Malformed('key', `the id of ${name} is not ${id}`);
  if (type !== COSIGNATURE) return { verifier, signerAt: () => ({ name, id, sign }) };
  return { verifier, signerAt: (posixSeconds) => ({ name, id, sign: cosign(sign, posixSeconds) }) };
};

const cosign =
  (sign: Signer['sign'], posixSeconds: number): Signer['sign'] =>
  (text) =>
    cosignatureBytes({ posixSeconds, signature: sign(cosignedText(text, posixSeconds)) });

const PREFIX = 'PRIVATE+KEY+';
