import { isHash, SHA_256, type Hash, type TreeHash } from './hash.ts';
import { Malformed } from './malformed.ts';
import {
  isTreeSize,
  MAX_TREE_SIZE,
  subtreesOf,
  type HashReader,
  type Subtree,
} from './subtrees.ts';
import { naturalOf } from './text.ts';

/** What a checkpoint says of a tree: how many leaves, and the hash over them. */
export interface TreeHead {
  readonly size: number;
  readonly root: Hash;
}

/** All that is needed to go on: the hashes of the complete subtrees of a tree, largest first. */
export interface Frontier {
  readonly size: number;
  readonly peaks: readonly Hash[];
}

export const NO_LEAVES: Frontier = { size: 0, peaks: [] };

export interface StoredHash extends Subtree {
  readonly hash: Hash;
}

export interface Appended {
  readonly frontier: Frontier;
  /** The leaf and every subtree it completed: what a hash reader has to know from now on. */
  readonly stored: readonly StoredHash[];
}

export const appendLeaf = (
  { size, peaks }: Frontier,
  leaf: Hash,
  tree: TreeHash = SHA_256,
): Appended => {
  if (size >= MAX_TREE_SIZE) throw new RangeError('The tree is full.');
  const left = [...peaks];
  const stored: StoredHash[] = [{ level: 0, index: size, hash: leaf }];
  let hash = leaf;
  for (let index = size, level = 1; index % 2 === 1; level++) {
    index = (index - 1) / 2;
    hash = tree.node(left.pop() ?? '', hash);
    stored.push({ level, index, hash });
  }
  return { frontier: { size: size + 1, peaks: [...left, hash] }, stored };
};

/** The root over a frontier, RFC 6962 section 2.1. */
export const rootOf = ({ peaks }: Frontier, tree: TreeHash = SHA_256): Hash =>
  rootOfPeaks(peaks, tree);

/** The hash over subtrees that stand side by side and grow smaller. */
export const rootOfPeaks = (peaks: readonly Hash[], tree: TreeHash): Hash =>
  peaks.length === 0 ? tree.empty : peaks.reduceRight((right, left) => tree.node(left, right));

/** The frontier that a log had at a size, from its stored hashes. */
export const frontierAt = (size: number, reader: HashReader): Frontier => {
  if (!isTreeSize(size)) throw new RangeError(`A tree does not have ${size} leaves.`);
  return { size, peaks: reader.readHashes(subtreesOf({ from: 0, to: size })) };
};

export const rootAt = (size: number, reader: HashReader, tree: TreeHash = SHA_256): Hash =>
  rootOf(frontierAt(size, reader), tree);

/** One line: the size, then the peaks. */
export const formatFrontier = ({ size, peaks }: Frontier): string => [size, ...peaks].join(' ');

export const parseFrontier = (line: string): Frontier => {
  const [sizeText, ...peaks] = line.split(' ');
  const size = naturalOf(sizeText, 'frontier');
  if (peaks.length !== subtreesOf({ from: 0, to: size }).length || !peaks.every(isHash)) {
    throw new Malformed('frontier', `these are not the hashes of a tree of ${size}`);
  }
  return { size, peaks };
};
