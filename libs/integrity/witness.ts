import { parseAddCheckpoint, type ReadAddCheckpoint } from './add-checkpoint.ts';
import { checkConsistency } from './check.ts';
import { SHA_256, type Hash } from './hash.ts';
import type { Verifier } from './key.ts';
import { Malformed } from './malformed.ts';
import { formatSignature } from './note.ts';
import { openNote } from './open-note.ts';
import { signatureLines, type Signer } from './signer.ts';
import type { TreeHead } from './tree.ts';

/** What a witness knows of a log it watches. */
export interface WitnessedLog {
  /** The keys it takes checkpoints of this origin from. */
  readonly keys: readonly Verifier[];
  /** The largest tree it has cosigned; undefined before the first. */
  readonly latest: TreeHead | undefined;
}

/** An answer as HTTP wants it. */
export interface WitnessAnswer {
  readonly status: 200 | 400 | 403 | 409 | 422;
  readonly contentType: 'text/plain; charset=utf-8' | 'text/x.tlog.size';
  readonly body: string;
  /** With 200 only. Whoever answers first replaces `before` by `after`, compared and swapped. */
  readonly cosigned?: {
    readonly origin: string;
    readonly before: TreeHead | undefined;
    readonly after: TreeHead;
  };
}

/** Answers the body of an add-checkpoint request: c2sp.org/tlog-witness. */
export const answerAddCheckpoint = (
  body: Uint8Array | string,
  logOf: (origin: string) => WitnessedLog | undefined,
  cosigners: readonly Signer[],
): WitnessAnswer => {
  try {
    const request = parseAddCheckpoint(body);
    return judgeRequest(request, logOf(request.checkpoint.origin), cosigners);
  } catch (error) {
    if (error instanceof Malformed) return refusal(400, error.message);
    throw error;
  }
};

/** In the order of that page. Only a larger tree that is consistent, or the same again, is cosigned. */
export const judgeRequest = (
  { oldSize, consistency, note, checkpoint }: ReadAddCheckpoint,
  log: WitnessedLog | undefined,
  cosigners: readonly Signer[],
): WitnessAnswer => {
  // The page says 404; the witnesses in use, and the published exchanges, say 403. Clients tell by neither.
  if (log === undefined) return refusal(403, 'unknown log');
  if (openNote(note, log.keys).kind !== 'verified') return refusal(403, 'invalid signature');
  const { origin, size, root } = checkpoint;
  if (oldSize > size) return refusal(400, 'the old size is above that of the checkpoint');
  const before = log.latest;
  const knownSize = before?.size ?? 0;
  if (oldSize !== knownSize) return conflict(knownSize);
  if (before?.size === size && before.root !== root) return conflict(knownSize);
  const after = { size, root };
  if (!isConsistent(before, after, consistency)) return refusal(422, 'bad consistency proof');
  const body = signatureLines(note.text, cosigners).map(formatSignature).join('');
  return { status: 200, contentType: TEXT, body, cosigned: { origin, before, after } };
};

/** Before the first leaf there is nothing to be consistent with, and the proof is empty. */
const isConsistent = (
  before: TreeHead | undefined,
  after: TreeHead,
  proof: readonly Hash[],
): boolean => {
  if (before !== undefined && before.size > 0) return checkConsistency(before, after, proof);
  return proof.length === 0 && (after.size > 0 || after.root === SHA_256.empty);
};

const refusal = (status: WitnessAnswer['status'], reason: string): WitnessAnswer => ({
  status,
  contentType: TEXT,
  body: `${reason}\n`,
});

const conflict = (knownSize: number): WitnessAnswer => ({
  status: 409,
  contentType: 'text/x.tlog.size',
  body: `${knownSize}\n`,
});

const TEXT = 'text/plain; charset=utf-8';
