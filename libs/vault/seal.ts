import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** AES-256-GCM with a nonce of 12 random bytes: nonce ‖ ciphertext ‖ tag (NIST SP 800-38D). */
const CIPHER = 'aes-256-gcm';
export const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** What a sealed text is, and whose: it opens as that and as nothing else. */
export type Label = readonly string[];

export const newKey = (): Buffer => randomBytes(KEY_BYTES);

export const seal = (key: Uint8Array, label: Label, clear: Uint8Array): Buffer => {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce).setAAD(bytesOf(label));
  return Buffer.concat([nonce, cipher.update(clear), cipher.final(), cipher.getAuthTag()]);
};

/** What was sealed; undefined when it was altered, sealed as something else, or with another key. */
export const unseal = (key: Uint8Array, label: Label, sealed: Uint8Array): Buffer | undefined => {
  if (sealed.length < NONCE_BYTES + TAG_BYTES) return undefined;
  const nonce = sealed.subarray(0, NONCE_BYTES);
  const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(bytesOf(label)).setAuthTag(sealed.subarray(-TAG_BYTES));
  const clear = decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES));
  try {
    return Buffer.concat([clear, decipher.final()]);
  } catch {
    return undefined;
  }
};

const bytesOf = (label: Label): Buffer =>
  Buffer.from(JSON.stringify(['mingzhang.vault.v1', ...label]));
