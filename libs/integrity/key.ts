import { hash } from 'node:crypto';
import { cosignedText, readCosignature } from './cosignature.ts';
import { ed25519Verify, KEY_BYTES } from './ed25519.ts';
import { Malformed } from './malformed.ts';
import { bytesOfBase64 } from './text.ts';

/** c2sp.org/signed-note, signature types: a log signs, a witness cosigns with the time. */
export const SIGNATURE = 0x01;
export const COSIGNATURE = 0x04;
export type SignatureType = typeof SIGNATURE | typeof COSIGNATURE;

/** Name and id together say which key is meant; four bytes of a hash alone do not. */
export interface KeyRef {
  readonly name: string;
  /** Eight hexadecimal digits. */
  readonly id: string;
}

/** Whoever knows a key can check its signatures; another algorithm, such as SM2, is another one. */
export interface Verifier extends KeyRef {
  readonly verify: (text: string, signature: Uint8Array) => boolean;
}

export interface VerifierKey extends Verifier {
  readonly type: SignatureType;
  readonly publicKey: Uint8Array;
}

/** SHA-256(name ‖ \n ‖ type ‖ public key), the first four bytes: c2sp.org/signed-note, Signatures. */
export const keyId = (name: string, type: SignatureType, publicKey: Uint8Array): string =>
  hash('sha256', Buffer.concat([Buffer.from(`${name}\n`), Uint8Array.of(type), publicKey])).slice(
    0,
    8,
  );

/** Not empty, without spaces of any script, control characters and plus. */
export const isKeyName = (name: string): boolean =>
  /^[^\p{White_Space}\u0000-\u001f+]+$/u.test(name);

export const verifierKey = (
  name: string,
  type: SignatureType,
  publicKey: Uint8Array,
): VerifierKey => {
  const verify = ed25519Verify(publicKey);
  return {
    name,
    id: keyId(name, type, publicKey),
    type,
    publicKey,
    verify:
      type === SIGNATURE ? verify : (text, signature) => verifyCosigned(verify, text, signature),
  };
};

const verifyCosigned = (verify: Verifier['verify'], text: string, bytes: Uint8Array): boolean => {
  const cosignature = readCosignature(bytes);
  return (
    cosignature !== undefined &&
    verify(cosignedText(text, cosignature.posixSeconds), cosignature.signature)
  );
};

/** `name+id+base64(type ‖ public key)`. */
export const formatVkey = ({ name, id, type, publicKey }: VerifierKey): string =>
  `${name}+${id}+${Buffer.concat([Uint8Array.of(type), publicKey]).toString('base64')}`;

/** Throws `Malformed`, also when the id is not that of the key. */
export const parseVkey = (vkey: string): VerifierKey => {
  const { name, id, type, bytes } = parseEncodedKey(vkey);
  const key = verifierKey(name, type, bytes);
  if (key.id !== id) throw new Malformed('key', `the id of ${name} is ${key.id} and not ${id}`);
  return key;
};

interface EncodedKey extends KeyRef {
  readonly type: SignatureType;
  readonly bytes: Buffer;
}

/** What public and private keys have in common. */
export const parseEncodedKey = (text: string): EncodedKey => {
  const [name = '', id = '', base64 = '', ...rest] = splitKey(text);
  if (!isKeyName(name) || !/^[0-9a-f]{8}$/.test(id) || rest.length > 0) {
    throw new Malformed('key', 'it does not read name+id+base64');
  }
  const [type, ...bytes] = bytesOfBase64(base64, 'key');
  if (type !== SIGNATURE && type !== COSIGNATURE) {
    throw new Malformed('key', `the type ${type} is unknown`);
  }
  if (bytes.length !== KEY_BYTES) throw new Malformed('key', `${bytes.length} bytes are no key`);
  return { name, id, type, bytes: Buffer.from(bytes) };
};

/** Base64 may contain a plus too, names and ids may not. */
const splitKey = (text: string): readonly string[] =>
  /^([^+]*)\+([^+]*)\+(.*)$/.exec(text)?.slice(1) ?? [];
