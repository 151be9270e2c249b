import { leafOfLine } from '#event-codec/event-line';
import { parseCheckpoint, type Checkpoint } from '#integrity/checkpoint';
import { parseVkey } from '#integrity/key';
import { Malformed } from '#integrity/malformed';
import type { Policy } from '#integrity/policy';
import { checkTlogProof, parseTlogProof, type CheckedProof } from '#integrity/tlog-proof';

export interface CheckedEvent {
  readonly checked: CheckedProof;
  /** The event, to the letter. */
  readonly line: string;
  readonly index: number;
  readonly checkpoint: Checkpoint;
}

/**
 * Whether a proof shows that the event it carries is in a tree that the policy accepts; nothing but the
 * proof is read. Throws `Malformed` when it is none, or carries no event.
 */
export const checkProof = (proof: string, policy: Policy): CheckedEvent => {
  const parsed = parseTlogProof(proof);
  if (parsed.extra === undefined) throw new Malformed('proof', 'it carries no event');
  const line = Buffer.from(parsed.extra).toString('utf8');
  return {
    checked: checkTlogProof(leafOfLine(line), parsed, policy),
    line,
    index: parsed.index,
    checkpoint: parseCheckpoint(parsed.note.text),
  };
};

/** The policy of somebody who has these keys, and asks for no witness. Throws `Malformed`. */
export const trustIn = (vkeys: readonly string[]): Policy => ({
  logs: vkeys.map(parseVkey),
  witnesses: [],
  quorum: undefined,
});
