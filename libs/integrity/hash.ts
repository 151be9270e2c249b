import { hash } from 'node:crypto';

/** A hash of 32 bytes in lower-case hexadecimal: a value that `===` compares and nobody changes. */
export type Hash = string;

/** How a tree is hashed, RFC 6962 section 2.1. The first byte tells leaves from nodes. */
export interface TreeHash {
  /** H(0x00 ‖ bytes). */
  readonly leaf: (bytes: Uint8Array) => Hash;
  /** H(0x01 ‖ left ‖ right). */
  readonly node: (left: Hash, right: Hash) => Hash;
  /** H(), the root of no leaves. */
  readonly empty: Hash;
}

/** SHA-256 is what C2SP formats carry; SM3 (GB/T 32905) is for a parallel tree. */
export const treeHashOf = (algorithm: 'sha256' | 'sm3'): TreeHash => ({
  leaf: (bytes) => hash(algorithm, Buffer.concat([LEAF, bytes]), 'hex'),
  node: (left, right) => {
    // What is no hexadecimal ends the writing without a word, and a stale node would be hashed.
    const areHashes = left.length === DIGITS && right.length === DIGITS;
    if (!areHashes || NODE.write(left + right, 1, 'hex') !== DIGITS) {
      throw new TypeError('A node is made of two hashes.');
    }
    return hash(algorithm, NODE, 'hex');
  },
  empty: hash(algorithm, '', 'hex'),
});

export const SHA_256 = treeHashOf('sha256');

export const isHash = (text: string): text is Hash => /^[0-9a-f]{64}$/.test(text);

export const hashOfBytes = (bytes: Uint8Array): Hash => Buffer.from(bytes).toString('hex');

export const base64OfHash = (hash: Hash): string => Buffer.from(hash, 'hex').toString('base64');

const LEAF = Uint8Array.of(0);
const DIGITS = 64;
/** Filled and hashed in one go, again and again: a buffer of its own would cost each node a third more. */
const NODE = Buffer.alloc(65, 1);
