import { MAX_PROOF_HASHES } from './add-checkpoint.ts';
import { checkInclusion, type InclusionProof } from './check.ts';
import { parseHash } from './checkpoint.ts';
import { base64OfHash, type Hash } from './hash.ts';
import { judgeCheckpoint, type JudgedCheckpoint } from './judge-checkpoint.ts';
import { Malformed } from './malformed.ts';
import { formatNote, MAX_NOTE_BYTES, parseNote, type Note } from './note.ts';
import type { Policy } from './policy.ts';
import { bytesOfBase64, naturalOf, textOf } from './text.ts';

/** That something was logged, for somebody without a network: c2sp.org/tlog-proof. */
export interface TlogProof extends InclusionProof {
  /** A checkpoint with its signatures. */
  readonly note: Note;
  /** Nobody vouches for these bytes. */
  readonly extra?: Uint8Array;
}

export type CheckedProof = JudgedCheckpoint | { readonly kind: 'not-included' };

/** Whether a leaf is in a tree that the policy accepts. Throws `Malformed`. */
export const checkTlogProof = (leaf: Hash, proof: TlogProof, policy: Policy): CheckedProof => {
  const judged = judgeCheckpoint(proof.note, policy);
  if (judged.kind !== 'accepted') return judged;
  return checkInclusion(leaf, proof, judged.checkpoint) ? judged : { kind: 'not-included' };
};

export const formatTlogProof = ({ index, hashes, note, extra }: TlogProof): string =>
  [
    HEADER,
    ...(extra === undefined ? [] : [`extra ${Buffer.from(extra).toString('base64')}`]),
    `index ${index}`,
    ...hashes.map(base64OfHash),
    '',
    formatNote(note),
  ].join('\n');

/** Throws `Malformed`. */
export const parseTlogProof = (input: Uint8Array | string): TlogProof => {
  if (input.length > 2 * MAX_NOTE_BYTES) throw new Malformed('proof', 'it is too long');
  const text = textOf(input, 'proof');
  const border = text.indexOf('\n\n');
  const [header, ...lines] = text.slice(0, Math.max(border, 0)).split('\n');
  if (header !== HEADER) throw new Malformed('proof', 'it does not say that it is one');
  const extra = take(lines, 'extra ');
  const index = naturalOf(take(lines, 'index '), 'proof');
  if (lines.length > MAX_PROOF_HASHES) throw new Malformed('proof', 'it has too many hashes');
  return {
    index,
    hashes: lines.map((line) => parseHash(line, 'proof')),
    note: parseNote(text.slice(border + 2)),
    ...(extra === undefined ? {} : { extra: bytesOfBase64(extra, 'proof') }),
  };
};

/** Takes the first line off when it begins like that. */
const take = (lines: string[], beginning: string): string | undefined =>
  lines[0]?.startsWith(beginning) ? lines.shift()?.slice(beginning.length) : undefined;

const HEADER = 'c2sp.org/tlog-proof@v1';
