import { SHA_256, type Hash, type TreeHash } from './hash.ts';
import {
  isTreeSize,
  splitOf,
  subtreesOf,
  type HashReader,
  type Range,
  type Subtree,
} from './subtrees.ts';
import { rootOfPeaks } from './tree.ts';

/**
 * That the leaf at `index` is in the tree of the first `size` leaves: PATH of RFC 6962 section
 * 2.1.1, from the sibling of the leaf up. Throws a `RangeError` when there is no such leaf.
 */
export const proveInclusion = (
  index: number,
  size: number,
  reader: HashReader,
  tree: TreeHash = SHA_256,
): readonly Hash[] => {
  if (!isTreeSize(index) || !isTreeSize(size) || index >= size) {
    throw new RangeError(`A tree of ${size} leaves has none at ${index}.`);
  }
  return hashesOver(path(index, { from: 0, to: size }), reader, tree);
};

/**
 * That the tree of the first `oldSize` leaves is the beginning of that of `newSize`: PROOF of RFC
 * 6962 section 2.1.2. Empty where `oldSize` is zero, as c2sp.org/tlog-witness wants it.
 */
export const proveConsistency = (
  oldSize: number,
  newSize: number,
  reader: HashReader,
  tree: TreeHash = SHA_256,
): readonly Hash[] => {
  if (!isTreeSize(oldSize) || !isTreeSize(newSize) || oldSize > newSize) {
    throw new RangeError(`A tree of ${newSize} leaves does not begin with one of ${oldSize}.`);
  }
  if (oldSize === 0) return [];
  return hashesOver(subproof(oldSize, { from: 0, to: newSize }, true), reader, tree);
};

/** PATH(m, D[n]) of RFC 6962, where the range is D[n] and both count from the first leaf. */
const path = (index: number, { from, to }: Range): readonly Range[] => {
  if (to - from === 1) return [];
  const middle = from + splitOf(to - from);
  const left = { from, to: middle };
  const right = { from: middle, to };
  return index < middle ? [...path(index, left), right] : [...path(index, right), left];
};

/** SUBPROOF(m, D[n], b) of RFC 6962; `isKnown` is b: the old root is the hash over the range. */
const subproof = (oldSize: number, range: Range, isKnown: boolean): readonly Range[] => {
  const { from, to } = range;
  if (oldSize === to) return isKnown ? [] : [range];
  const middle = from + splitOf(to - from);
  const left = { from, to: middle };
  const right = { from: middle, to };
  return oldSize <= middle
    ? [...subproof(oldSize, left, isKnown), right]
    : [...subproof(oldSize, right, false), left];
};

/** All that a proof needs is read at once; a range at the edge is made of several subtrees. */
const hashesOver = (
  ranges: readonly Range[],
  reader: HashReader,
  tree: TreeHash,
): readonly Hash[] => {
  const parts: readonly (readonly Subtree[])[] = ranges.map(subtreesOf);
  const hashes = reader.readHashes(parts.flat());
  let at = 0;
  return parts.map((subtrees) => {
    const peaks = hashes.slice(at, (at += subtrees.length));
    return rootOfPeaks(peaks, tree);
  });
};
