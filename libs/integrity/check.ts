import { isHash, SHA_256, type Hash, type TreeHash } from './hash.ts';
import { isTreeSize } from './subtrees.ts';
import type { TreeHead } from './tree.ts';

/** A path from a leaf to a root; a claim until it is checked. */
export interface InclusionProof {
  readonly index: number;
  readonly hashes: readonly Hash[];
}

/** Whether the leaf is in the tree at that index: RFC 9162 section 2.1.3.2. */
export const checkInclusion = (
  leaf: Hash,
  { index, hashes }: InclusionProof,
  { size, root }: TreeHead,
  tree: TreeHash = SHA_256,
): boolean => {
  if (!isTreeSize(index) || !isTreeSize(size) || index >= size) return false;
  if (![leaf, root, ...hashes].every(isHash)) return false;
  let node = index;
  let last = size - 1;
  let hash = leaf;
  for (const sibling of hashes) {
    if (last === 0) return false;
    if (isOdd(node) || node === last) {
      hash = tree.node(sibling, hash);
      // The last node of a level with an even number is passed on upwards as it is.
      for (; !isOdd(node) && node !== 0; last = half(last)) node = half(node);
    } else {
      hash = tree.node(hash, sibling);
    }
    node = half(node);
    last = half(last);
  }
  return last === 0 && hash === root;
};

/**
 * Whether the new tree begins with the old one: RFC 9162 section 2.1.4.2. Of an old tree without
 * leaves nothing can be proven, so that it is refused; whoever allows it must say so.
 */
export const checkConsistency = (
  older: TreeHead,
  newer: TreeHead,
  hashes: readonly Hash[],
  tree: TreeHash = SHA_256,
): boolean => {
  if (!isTreeSize(older.size) || !isTreeSize(newer.size)) return false;
  if (older.size === 0 || older.size > newer.size) return false;
  if (older.size === newer.size) return hashes.length === 0 && older.root === newer.root;
  if (hashes.length === 0 || ![older.root, newer.root, ...hashes].every(isHash)) return false;
  return climb(older, newer, hashes, tree);
};

const climb = (
  older: TreeHead,
  newer: TreeHead,
  hashes: readonly Hash[],
  tree: TreeHash,
): boolean => {
  let node = older.size - 1;
  let last = newer.size - 1;
  for (; isOdd(node); last = half(last)) node = half(node);
  // An old tree of 2^n leaves is a node of the new one, and its root is left out of the proof.
  const [start = '', ...rest] = node === 0 ? [older.root, ...hashes] : hashes;
  let olderHash = start;
  let newerHash = start;
  for (const sibling of rest) {
    if (last === 0) return false;
    if (isOdd(node) || node === last) {
      olderHash = tree.node(sibling, olderHash);
      newerHash = tree.node(sibling, newerHash);
      for (; !isOdd(node) && node !== 0; last = half(last)) node = half(node);
    } else {
      newerHash = tree.node(newerHash, sibling);
    }
    node = half(node);
    last = half(last);
  }
  return last === 0 && olderHash === older.root && newerHash === newer.root;
};

const isOdd = (n: number): boolean => n % 2 === 1;

const half = (n: number): number => Math.floor(n / 2);
