import type { Hash } from './hash.ts';

/** A complete subtree: the 2^level leaves from index · 2^level on. */
export interface Subtree {
  readonly level: number;
  readonly index: number;
}

/** Leaves from `from` up to, and not including, `to`. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** Where hashes of complete subtrees are kept: a table, tiles, a map. Answers in the order asked. */
export interface HashReader {
  readonly readHashes: (subtrees: readonly Subtree[]) => readonly Hash[];
}

/** Of a tree in leaves: 2^53 − 1, what a number holds exactly. C2SP would allow 2^63 − 1. */
export const MAX_TREE_SIZE = Number.MAX_SAFE_INTEGER;

export const isTreeSize = (size: number): boolean => Number.isSafeInteger(size) && size >= 0;

/**
 * The complete subtrees a range is made of, from left to right and ever smaller, as RFC 6962
 * section 2.1 splits it. The range begins where a subtree of its own size could begin.
 */
export const subtreesOf = ({ from, to }: Range): readonly Subtree[] => {
  const subtrees: Subtree[] = [];
  for (let at = from; at < to;) {
    const level = highestBit(to - at);
    const width = 2 ** level;
    subtrees.push({ level, index: at / width });
    at += width;
  }
  return subtrees;
};

/** k of RFC 6962 section 2.1: the largest power of two below n, where n > 1. */
export const splitOf = (n: number): number => 2 ** highestBit(n - 1);

/** Shifts and logarithms go wrong beyond 2^31 and near 2^53; doubling does not. */
const highestBit = (n: number): number => {
  let bit = 0;
  for (let power = 2; power <= n; power *= 2) bit += 1;
  return bit;
};
