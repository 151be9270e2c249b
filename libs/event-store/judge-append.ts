import type { EventText } from './event-text.ts';
import type { AppendFailure, ExpectedRevision } from './port.ts';
import { MAX_APPEND_BYTES } from './port.ts';

/** The failure of an append that no store would take, whatever it holds. */
export const tooLarge = (events: readonly EventText[]): AppendFailure | undefined => {
  let bytes = 0;
  for (const event of events)
    bytes += Buffer.byteLength(event.data) + Buffer.byteLength(event.meta);
  return bytes > MAX_APPEND_BYTES
    ? { kind: 'append-too-large', bytes, limit: MAX_APPEND_BYTES }
    : undefined;
};

/**
 * What an append meets, for stores that decide it themselves: room at the end of the stream, the
 * very same events appended before (a retry), or somebody else's.
 */
export const judgeAppend = (
  expected: ExpectedRevision,
  actual: ExpectedRevision,
  eventIds: readonly string[],
  recordedIdAt: (revision: bigint) => string | undefined,
): 'append' | 'repeat' | 'conflict' => {
  if (expected === actual) return 'append';
  const first = expected === 'no_stream' ? 0n : expected + 1n;
  const same = eventIds.every((id, index) => recordedIdAt(first + BigInt(index)) === id);
  return same && eventIds.length > 0 ? 'repeat' : 'conflict';
};
