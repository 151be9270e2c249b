import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto';

/** RFC 8032 keys as their 32 bytes: what notes write down, and node:crypto wraps in DER (RFC 8410). */
export const KEY_BYTES = 32;
export const SIGNATURE_BYTES = 64;

const PRIVATE_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');
const PUBLIC_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

export type Ed25519Verify = (message: string, signature: Uint8Array) => boolean;

export interface Ed25519Key {
  readonly publicKey: Buffer;
  readonly sign: (message: string) => Buffer;
}

/** Unwraps the key once; each check after that costs about 0.1 ms. */
export const ed25519Verify = (publicKey: Uint8Array): Ed25519Verify => {
  const der = Buffer.concat([PUBLIC_PREFIX, publicKey]);
  const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
  return (message, signature) => verify(null, Buffer.from(message), key, signature);
};

export const ed25519Key = (seed: Uint8Array): Ed25519Key => {
  const der = Buffer.concat([PRIVATE_PREFIX, seed]);
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  return {
    publicKey: lastBytes(createPublicKey(key), 'spki'),
    sign: (message) => sign(null, Buffer.from(message), key),
  };
};

export const newSeed = (): Buffer => lastBytes(generateKeyPairSync('ed25519').privateKey, 'pkcs8');

/** Both wrappings end with the bare key. */
const lastBytes = (key: KeyObject, type: 'spki' | 'pkcs8'): Buffer =>
  key.export({ format: 'der', type }).subarray(-KEY_BYTES);
