import type {
  AllStreamResolvedEvent,
  EventStoreDBClient,
  ResolvedEvent,
  StreamingRead,
} from '@eventstore/db-client';
import { StoreUnusable } from '#event-store/store-unusable';
import type { Availability } from './availability.ts';
import type { Connection } from './connection.ts';
import { failureOf, outageOf, saysAway, unusable } from './failure.ts';
import type { OneChannelClient } from './one-channel-client.ts';
import type { Timing } from './timing.ts';
import { watched } from './watched.ts';

type Answers = StreamingRead<ResolvedEvent | AllStreamResolvedEvent>;

/**
 * Reads what `pick` takes of the answers; a read that breaks off begins again, for as long as patience
 * lasts without an answer, or a shorter one where a decision waits for it and the cluster is known to
 * be away, and where an address that was never reached has a fault of its own. `begin` starts after the last event that was yielded.
 */
export type ResumedRead = <Picked>(
  begin: (client: EventStoreDBClient) => Answers,
  pick: (resolved: ResolvedEvent) => Picked | undefined,
  isOver: () => boolean,
  patience?: 'short',
) => AsyncIterable<Picked>;

export const createResumedRead = (
  connection: Connection,
  availability: Availability,
  timing: Timing,
): ResumedRead =>
  async function* resumed(begin, pick, isOver, patience) {
    let begun = performance.now();
    const isShort = patience === 'short';
    const outage = isShort ? await availability.outageAfter(timing.refusalMs) : undefined;
    if (outage !== undefined) throw new StoreUnusable('unreachable', outage.en, outage.zh);
    for (let failures = 1; !isOver(); failures++) {
      let client: OneChannelClient | undefined;
      let hasMoved = false;
      try {
        client = await connection.client();
        for await (const resolved of watched<ResolvedEvent>(begin(client), timing.callMs)) {
          const picked = pick(resolved);
          if (picked === undefined) continue;
          hasMoved = true;
          yield picked;
        }
        // A read that is cancelled with its client ends as if it were complete.
        if (connection.isCurrent(client)) return;
        throw new Error('The connection broke off in the middle of a read.');
      } catch (error) {
        if (error instanceof StoreUnusable) throw error;
        const failure = failureOf(error);
        if (failure.kind === 'stream-not-found') return;
        if (hasMoved) [failures, begun] = [1, performance.now()];
        if (saysAway(error, failure, client !== undefined)) {
          availability.note({ kind: 'failed', why: outageOf(error, connection.cluster) });
        }
        const isLost = failure.kind === 'misdirected' && !connection.hasReached;
        const patienceMs =
          isLost || (isShort && availability.outage() !== undefined)
            ? Math.min(timing.refusalMs, timing.patienceMs)
            : timing.patienceMs;
        const mayPass =
          (failure.kind === 'interrupted' || failure.kind === 'misdirected') &&
          !connection.isClosed();
        if (failure.kind === 'interrupted' && client !== undefined)
          await connection.drop(client, failure.leader);
        if (!mayPass || performance.now() - begun >= patienceMs) {
          throw unusable(failure, connection.cluster, error);
        }
      }
      await connection.pause(failures);
    }
  };
