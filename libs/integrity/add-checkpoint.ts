import { parseCheckpoint, parseHash, type Checkpoint } from './checkpoint.ts';
import { base64OfHash, type Hash } from './hash.ts';
import { Malformed } from './malformed.ts';
import { formatNote, MAX_NOTE_BYTES, parseNote, type Note } from './note.ts';
import { naturalOf, textOf } from './text.ts';

/** What a log asks of a witness: c2sp.org/tlog-witness, add-checkpoint. On a USB stick, the same. */
export interface AddCheckpoint {
  /** Leaves in the tree that the witness has cosigned before, as the log believes; 0 for none. */
  readonly oldSize: number;
  /** That the new tree begins with it. */
  readonly consistency: readonly Hash[];
  readonly note: Note;
}

/** A request together with what its note says. */
export interface ReadAddCheckpoint extends AddCheckpoint {
  readonly checkpoint: Checkpoint;
}

export const MAX_PROOF_HASHES = 63;

export const formatAddCheckpoint = ({ oldSize, consistency, note }: AddCheckpoint): string =>
  [`old ${oldSize}`, ...consistency.map(base64OfHash), '', formatNote(note)].join('\n');

/** Throws `Malformed`. */
export const parseAddCheckpoint = (body: Uint8Array | string): ReadAddCheckpoint => {
  if (body.length > 2 * MAX_NOTE_BYTES) throw new Malformed('request', 'it is too long');
  const text = textOf(body, 'request');
  const border = text.indexOf('\n\n');
  const [first = '', ...proof] = text.slice(0, Math.max(border, 0)).split('\n');
  if (!first.startsWith('old ')) throw new Malformed('request', 'the old size is missing');
  if (proof.length > MAX_PROOF_HASHES) throw new Malformed('request', 'the proof is too long');
  const note = parseNote(text.slice(border + 2));
  return {
    oldSize: naturalOf(first.slice('old '.length), 'request'),
    consistency: proof.map((line) => parseHash(line, 'request')),
    note,
    checkpoint: parseCheckpoint(note.text),
  };
};
