import { checkConsistency } from './check.ts';
import { SHA_256, type TreeHash } from './hash.ts';
import { proveConsistency } from './prove.ts';
import type { HashReader } from './subtrees.ts';
import type { TreeHead } from './tree.ts';

export type MaySign =
  | 'sign'
  | 'already-signed' // this very tree
  | 'would-roll-back' // a larger tree was signed
  | 'would-fork'; // another tree was signed, of which this one is no continuation

/**
 * Whether the tree with this head may be signed by a key that last signed `signed`; undefined
 * before the first time. What was signed is kept apart from the log, so that a log restored from a
 * backup is refused: c2sp.org/tlog-checkpoint, Signatures. Whoever signs replaces `signed` by
 * `next`, compared and swapped, before anybody sees the signature.
 */
export const maySign = (
  signed: TreeHead | undefined,
  next: TreeHead,
  reader: HashReader,
  tree: TreeHash = SHA_256,
): MaySign => {
  if (signed === undefined) return 'sign';
  if (next.size < signed.size) return 'would-roll-back';
  if (next.size === signed.size) return next.root === signed.root ? 'already-signed' : 'would-fork';
  if (signed.size === 0) return signed.root === tree.empty ? 'sign' : 'would-fork';
  const hashes = proveConsistency(signed.size, next.size, reader, tree);
  return checkConsistency(signed, next, hashes, tree) ? 'sign' : 'would-fork';
};
