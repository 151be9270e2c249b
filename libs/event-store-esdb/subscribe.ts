import {
  START,
  streamNameFilter,
  type EventStoreDBClient,
  type ResolvedEvent,
} from '@eventstore/db-client';
import { merge, Observable, Subject, type Subscriber } from 'rxjs';
import type { Position, SubscribeOptions, SubscriptionMessage } from '#event-store/port';
import { StoreUnusable } from '#event-store/store-unusable';
import type { Connection } from './connection.ts';
import { failureOf, unusable } from './failure.ts';
import { missedBehind } from './missed-behind.ts';
import { at, type Reader } from './read.ts';
import { toRecordedEvent } from './recorded.ts';
import type { Timing } from './timing.ts';

export type Subscribe = (options?: SubscribeOptions) => Observable<SubscriptionMessage>;

/**
 * Follows the log of the cluster. The client's subscriptions end with their channel and never come
 * back; this one subscribes again after the last event it handed over, so none is missing and none
 * comes twice. It ends when the store is closed, and with an error when it may not go on.
 */
export const createSubscribe =
  (connection: Connection, reader: Reader, timing: Timing, prefix: string): Subscribe =>
  ({ after } = {}) =>
    new Observable((subscriber) => {
      const left = new Subject<void>();
      const progress = createProgress(after, subscriber);

      const stayCurrent = async (): Promise<void> => {
        progress.endsAt(await reader.head());
        for (let failures = 1; !isOver(); failures++) {
          const before = progress.position();
          await followOnce();
          if (progress.position() !== before) failures = 1;
          if (!isOver()) await connection.pause(failures);
        }
      };
      const followOnce = async (): Promise<void> => {
        let client;
        try {
          client = await connection.client();
          // Who left while the connection was made would never be told to leave again.
          if (isOver()) return;
          const missed = missedBehind(progress.position, reader, timing);
          await follow(client, progress, prefix, merge(left, connection.drops, missed));
        } catch (error) {
          const failure = failureOf(error);
          if (error instanceof StoreUnusable) throw error;
          if (failure.kind !== 'interrupted') throw unusable(failure, connection.cluster, error);
          if (client !== undefined) await connection.drop(client, failure.leader);
        }
      };
      const isOver = () => subscriber.closed || connection.isClosed();

      stayCurrent().then(
        () => subscriber.complete(),
        (error: unknown) => (isOver() ? subscriber.complete() : subscriber.error(error)),
      );
      return () => left.next();
    });

interface Progress {
  /** Of the last event handed over. */
  readonly position: () => Position | undefined;
  /** The newest event there was at the beginning; whoever has reached it has caught up. */
  readonly endsAt: (head: Position | undefined) => void;
  readonly take: (resolved: ResolvedEvent, prefix: string) => void;
}

const createProgress = (
  after: Position | undefined,
  subscriber: Subscriber<SubscriptionMessage>,
): Progress => {
  let position = after;
  let end: Position | undefined;
  let hasCaughtUp = false;
  const tellWhenCaughtUp = () => {
    if (hasCaughtUp || (end !== undefined && (position ?? -1n) < end)) return;
    hasCaughtUp = true;
    subscriber.next({ kind: 'caughtUp' });
  };
  return {
    position: () => position,
    endsAt: (head) => {
      end = head;
      tellWhenCaughtUp();
    },
    take: (resolved, prefix) => {
      const event = toRecordedEvent(resolved, prefix);
      if (event === undefined) return;
      position = event.position;
      subscriber.next({ kind: 'event', event });
      tellWhenCaughtUp();
    },
  };
};

/** Hands over events until the subscription breaks off or is to be left. */
const follow = (
  client: EventStoreDBClient,
  { position, take }: Progress,
  prefix: string,
  until: Observable<void>,
): Promise<void> =>
  new Promise((resolve, reject) => {
    const after = position();
    const subscription = client.subscribeToAll({
      fromPosition: after === undefined ? START : at(after),
      filter: streamNameFilter({ prefixes: [prefix] }),
      requiresLeader: true,
    });
    let isOver = false;
    const end = (error?: Error) => {
      if (isOver) return;
      isOver = true;
      leave.unsubscribe();
      subscription.off('data', onData);
      void subscription.unsubscribe().catch(() => undefined);
      if (error === undefined) resolve();
      else reject(error);
    };
    const onData = (resolved: ResolvedEvent) => {
      try {
        take(resolved, prefix);
      } catch (error) {
        end(error instanceof Error ? error : new Error(String(error)));
      }
    };
    subscription.on('data', onData);
    // Stays on when we have left: what goes wrong then must not end the process.
    subscription.on('error', end);
    subscription.on('end', () => end());
    subscription.on('close', () => end());
    const leave = until.subscribe(() => end());
  });
