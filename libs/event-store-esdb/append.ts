import { jsonEvent, type AppendResult, type EventStoreDBClient } from '@eventstore/db-client';
import { tooLarge, toEventText } from '#event-store/judge-append';
import type { AppendOutcome, ExpectedRevision, NewEvent, Position } from '#event-store/port';
import type { Connection } from './connection.ts';
import { failureOf, unusable } from './failure.ts';
import { STREAM_PREFIX } from './recorded.ts';
import { pauseAfter, within, type Timing } from './timing.ts';

export type Append = (
  stream: string,
  expected: ExpectedRevision,
  events: readonly NewEvent[],
) => Promise<AppendOutcome>;

type Write = (client: EventStoreDBClient) => Promise<AppendResult>;

/**
 * Appends under way at once. The client's channel holds sixteen messages before it makes writers
 * wait, and a writer that waits while the channel breaks takes the whole process with it.
 */
const IN_FLIGHT = 15;

/**
 * Appends to a stream of the cluster. An answer that does not come leaves the outcome open, so the
 * same ids are appended at the same expected revision again until the server says what became of
 * them: it knows its own.
 */
export const createAppend = (
  connection: Connection,
  timing: Timing,
  positionOf: (stream: string, revision: bigint) => Promise<Position>,
): Append => {
  const inTurn = takingTurns(IN_FLIGHT);
  const firstAppends = new WeakMap<EventStoreDBClient, Promise<unknown>>();

  /** The first append of a client opens its channel, and would be overtaken by those behind it. */
  const afterTheFirst = async (client: EventStoreDBClient, write: Write): Promise<AppendResult> => {
    const first = firstAppends.get(client);
    if (first !== undefined) return first.then(() => write(client));
    const answer = write(client);
    firstAppends.set(
      client,
      answer.catch(() => undefined),
    );
    return answer;
  };

  return async (stream, expected, events) => {
    const failure = tooLarge(events.map(toEventText));
    if (failure !== undefined) return failure;
    const proposed = events.map(({ id, type, data, meta }) =>
      jsonEvent({ id, type, data: data, metadata: meta }),
    );
    const write: Write = (client) =>
      client.appendToStream(`${STREAM_PREFIX}${stream}`, proposed, {
        expectedRevision: expected,
        deadline: timing.callMs,
        requiresLeader: true,
      });
    return inTurn(() => insist(write, stream, expected));
  };

  async function insist(
    write: Write,
    stream: string,
    expected: ExpectedRevision,
  ): Promise<AppendOutcome> {
    const begun = performance.now();
    let isSent = false;
    for (let failures = 1; ; failures++) {
      let client: EventStoreDBClient | undefined;
      try {
        client = await connection.client();
        isSent = true;
        const { nextExpectedRevision: revision, position } = await within(
          timing.callMs,
          afterTheFirst(client, write),
        );
        return {
          kind: 'appended',
          revision,
          position: position?.commit ?? (await positionOf(stream, revision)),
        };
      } catch (error) {
        const failure = failureOf(error);
        switch (failure.kind) {
          case 'wrong-expected-revision':
            return { ...failure, expected };
          case 'append-too-large':
            return { ...failure, bytes: failure.limit + 1 };
          case 'access-denied':
            return failure;
          case 'stream-deleted':
            throw unusable(failure, connection.cluster, error);
          case 'stream-not-found':
          case 'not-leader':
          case 'interrupted': {
            if (client !== undefined && failure.kind !== 'not-leader')
              await connection.drop(client);
            const waited = performance.now() - begun;
            if (waited < timing.patienceMs && !connection.isClosed()) break;
            const reason = 'reason' in failure ? failure.reason : failure.kind;
            return { kind: 'unavailable', outcome: isSent ? 'unknown' : 'not-applied', reason };
          }
        }
      }
      await pauseAfter(failures, timing);
    }
  }
};

/** Lets so many run at once, the others in the order in which they came. */
const takingTurns = (places: number) => {
  const waiting: (() => void)[] = [];
  let free = places;
  return async <Result>(work: () => Promise<Result>): Promise<Result> => {
    if (free > 0) free -= 1;
    else await new Promise<void>((turn) => waiting.push(turn));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    }
  };
};
