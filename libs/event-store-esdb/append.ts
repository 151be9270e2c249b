import { jsonEvent } from '@eventstore/db-client';
import { tooLarge } from '#event-store/judge-append';
import type { AppendOutcome, ExpectedRevision, NewEvent } from '#event-store/port';
import { StoreUnusable } from '#event-store/store-unusable';
import type { Availability, Doubt } from './availability.ts';
import type { Connection } from './connection.ts';
import { failureOf, outageOf, saysAway, unusable, type Failure } from './failure.ts';
import type { OneChannelClient } from './one-channel-client.ts';
import { SendQueue, SLOTS, type Write } from './send-queue.ts';
import { Semaphore, type Release } from './semaphore.ts';
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
  availability: Availability,
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
    const doubt = availability.doubt();
    try {
      for (let failures = 1; ; failures++) {
        const release = await slots.acquire();
        begun ??= performance.now();
        const patience = timing.patienceMs - (performance.now() - begun);
        const refused = doubt.isOpen() ? undefined : await refusal(release, patience);
        const outcome = refused ?? (await tryOnce(request, write, doubt, release));
        if (outcome === 'again') continue;
        if (outcome.kind !== 'open') return outcome;
        const isPatient = patience > 0 && !connection.isClosed();
        if (!isPatient || outcome.failure.kind === 'refused')
          return unavailable(outcome.failure, doubt.isOpen());
        await connection.pause(failures);
      }
    } finally {
      doubt.end();
    }
  }

  /** What was not sent yet waits a short while for a cluster that takes no writes, in nobody's way. */
  async function refusal(
    release: Release,
    patienceMs: number,
  ): Promise<AppendOutcome | 'again' | undefined> {
    if (availability.outage() === undefined) return undefined;
    release();
    const outage = await availability.outageAfter(Math.min(timing.refusalMs, patienceMs));
    return outage === undefined
      ? 'again'
      : { kind: 'unavailable', outcome: 'not-applied', reason: outage.en };
  }

  /** The outcome for good, or why it is still open. */
  async function tryOnce(
    request: Request,
    write: Write,
    doubt: Doubt,
    release: Release,
  ): Promise<AppendOutcome | { readonly kind: 'open'; readonly failure: Failure }> {
    let client: OneChannelClient | undefined;
    try {
      client = await connection.client();
      const result = await within(timing.callMs, queue.send(client, write, release));
      availability.note({ kind: 'answered' });
      return await acknowledged(request, result);
    } catch (error) {
      if (error instanceof StoreUnusable && error.fault !== 'unreachable') throw error;
      const failure = failureOf(error);
      if (failure.kind === 'stream-deleted') throw unusable(failure, connection.cluster, error);
      if (saysAway(error, failure, client !== undefined)) {
        availability.note({ kind: 'failed', why: outageOf(error, connection.cluster) });
      } else if (failure.kind !== 'interrupted') availability.note({ kind: 'answered' });
      const outcome = await settled(request, failure, doubt.isOpen());
      if (outcome !== undefined) return outcome;
      if (client !== undefined) doubt.begin();
      if (client !== undefined && failure.kind !== 'wrong-expected-revision') {
        await connection.drop(client, 'leader' in failure ? failure.leader : undefined);
      }
      return { kind: 'open', failure };
    } finally {
      release();
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
