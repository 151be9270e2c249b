import { jsonEvent } from '@eventstore/db-client';
import { tooLarge } from '#event-store/judge-append';
import type { AppendOutcome, ExpectedRevision, NewEvent } from '#event-store/port';
import { StoreUnusable } from '#event-store/store-unusable';
import type { Connection } from './connection.ts';
import { failureOf, unusable } from './failure.ts';
import type { OneChannelClient } from './one-channel-client.ts';
import { SendQueue, SLOTS, type Write } from './send-queue.ts';
import { Semaphore } from './semaphore.ts';
import type { Reader } from './read.ts';
import { createSettling, unavailable, type Request } from './settle.ts';
import { within, type Timing } from './timing.ts';

export type Append = (
  stream: string,
  expected: ExpectedRevision,
  events: readonly NewEvent[],
) => Promise<AppendOutcome>;

/**
 * Appends to a stream of the cluster. An answer that does not come leaves the outcome open, so the
 * same ids are appended at the same expected revision again until the server says what became of
 * them. A server answers a repeated append as it answered the first, even when its stream has moved
 * on: it looks for the ids at the revisions after the expected one.
 */
export const createAppend = (
  connection: Connection,
  reader: Reader,
  timing: Timing,
  prefix: string,
): Append => {
  const slots = new Semaphore(SLOTS);
  const queue = new SendQueue(connection);
  const { acknowledged, settled } = createSettling(reader);

  return async (stream, expected, events) => {
    const texts = events.map(toText);
    const failure = tooLarge(texts);
    if (failure !== undefined) return failure;
    const proposed = events.map(({ id, type, data }, n) =>
      // The client sends bytes as they are, and takes several steps for anything else.
      jsonEvent({ id, type, data, metadata: encoder.encode(texts[n]?.meta) }),
    );
    const write: Write = (client) =>
      client.appendToStream(`${prefix}${stream}`, proposed, {
        expectedRevision: expected,
        deadline: timing.callMs,
        requiresLeader: true,
      });
    return insist({ stream, expected, ids: events.map(({ id }) => id) }, write);
  };

  async function insist(request: Request, write: Write): Promise<AppendOutcome> {
    let begun: number | undefined;
    let mayBeApplied = false;
    for (let failures = 1; ; failures++) {
      const release = await slots.acquire();
      begun ??= performance.now();
      let client: OneChannelClient | undefined;
      try {
        client = await connection.client();
        const result = await within(timing.callMs, queue.send(client, write, release));
        return await acknowledged(request, result);
      } catch (error) {
        if (error instanceof StoreUnusable && error.fault !== 'unreachable') throw error;
        const failure = failureOf(error);
        if (failure.kind === 'stream-deleted') throw unusable(failure, connection.cluster, error);
        const outcome = await settled(request, failure, mayBeApplied);
        if (outcome !== undefined) return outcome;
        if (client !== undefined && failure.kind !== 'wrong-expected-revision') {
          await connection.drop(client, 'leader' in failure ? failure.leader : undefined);
        }
        mayBeApplied ||= client !== undefined;
        const isPatient = performance.now() - begun < timing.patienceMs && !connection.isClosed();
        if (!isPatient || failure.kind === 'refused') return unavailable(failure, mayBeApplied);
      } finally {
        release();
      }
      await connection.pause(failures);
    }
  }
};

const encoder = new TextEncoder();

/** Its size is the same in any order of its keys, so it need not be canonical. */
const toText = ({ id, type, data, meta }: NewEvent) => ({
  id,
  type,
  data: JSON.stringify(data),
  meta: JSON.stringify(meta),
});
