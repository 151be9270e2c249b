import { eventsNamed } from '#event-store/events-named';
import type { RecordedEvent } from '#event-store/port';
import { parseNote } from '#integrity/note';
import { proveInclusion } from '#integrity/prove';
import { formatTlogProof } from '#integrity/tlog-proof';
import { eventLine } from '#event-codec/event-line';
import type { LogIdentity, PublishedCheckpoint } from '../checkpoints/checkpoint-files.ts';
import type { SignableLedger } from '../ledgers.ts';

export type EventProof =
  | {
      readonly kind: 'proved';
      readonly event: RecordedEvent;
      readonly checkpoint: PublishedCheckpoint;
      /** A C2SP tlog-proof with the leaf as its extra: whoever has the key checks it alone. */
      readonly proof: string;
      /** The bytes of the leaf. */
      readonly line: string;
    }
  /** Recorded after the newest checkpoint. */
  | { readonly kind: 'not-signed-yet'; readonly event: RecordedEvent }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'ambiguous'; readonly events: number };

/**
 * The proof of an event, named by its position, its id or at least eight characters of its beginning,
 * in the first of the checkpoints that holds it.
 */
export const proveEvent = async (
  { log, tree }: Pick<SignableLedger, 'log' | 'tree'>,
  { checkpoints }: Pick<LogIdentity, 'checkpoints'>,
  name: string,
): Promise<EventProof> => {
  const found = await eventsNamed(log, name);
  const [event] = found;
  if (event === undefined) return { kind: 'unknown' };
  if (found.length > 1) return { kind: 'ambiguous', events: found.length };
  const index = Number(event.position) - 1;
  const checkpoint = checkpoints.find(({ size }) => size > index);
  if (checkpoint === undefined) return { kind: 'not-signed-yet', event };
  const hashes = proveInclusion(index, checkpoint.size, tree);
  const line = eventLine(event);
  const note = parseNote(checkpoint.note);
  const proof = formatTlogProof({ index, hashes, note, extra: Buffer.from(line) });
  return { kind: 'proved', event, checkpoint, proof, line };
};
