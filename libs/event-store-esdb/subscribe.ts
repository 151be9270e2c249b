import {
  START,
  streamNameFilter,
  type AllStreamSubscription,
  type EventStoreDBClient,
  type ResolvedEvent,
} from '@eventstore/db-client';
import { merge, Observable, Subject, type Subscriber } from 'rxjs';
import type { Position, SubscribeOptions, SubscriptionMessage } from '#event-store/port';
import { StoreUnusable } from '#event-store/store-unusable';
import type { Connection } from './connection.ts';
import { failureOf, unusable } from './failure.ts';
import { at, type Reader } from './read.ts';
import { STREAM_PREFIX, toRecordedEvent } from './recorded.ts';
import { pauseAfter, type Timing } from './timing.ts';

export type Subscribe = (options?: SubscribeOptions) => Observable<SubscriptionMessage>;

/**
 * Follows the log of the cluster. The client's subscriptions end with their channel and never come
 * back; this one subscribes again after the last event it handed over, so none is missing and none
 * comes twice. It ends when the store is closed, and with an error when it may not go on.
 */
export const createSubscribe =
  (connection: Connection, reader: Reader, timing: Timing): Subscribe =>
  ({ after } = {}) =>
    new Observable((subscriber) => {
      const left = new Subject<void>();
      void stayCurrent(connection, reader, timing, after, subscriber, left);
      return () => left.next();
    });

const stayCurrent = async (
  connection: Connection,
  reader: Reader,
  timing: Timing,
  after: Position | undefined,
  subscriber: Subscriber<SubscriptionMessage>,
  left: Observable<void>,
): Promise<void> => {
  const progress = { position: after, end: undefined as Position | undefined, hasCaughtUp: false };
  const tellWhenCaughtUp = () => {
    const isThere = progress.end === undefined || (progress.position ?? -1n) >= progress.end;
    if (progress.hasCaughtUp || !isThere) return;
    progress.hasCaughtUp = true;
    subscriber.next({ kind: 'caughtUp' });
  };
  const take = (resolved: ResolvedEvent) => {
    const event = toRecordedEvent(resolved);
    if (event === undefined) return;
    progress.position = event.position;
    subscriber.next({ kind: 'event', event });
    tellWhenCaughtUp();
  };
  const isOver = () => subscriber.closed || connection.isClosed();

  try {
    progress.end = await reader.head();
    tellWhenCaughtUp();
  } catch (error) {
    return isOver() ? subscriber.complete() : subscriber.error(error);
  }
  for (let failures = 0; !isOver();) {
    const before = progress.position;
    try {
      const client = await connection.client();
      const missed = missedBehind(() => progress.position, reader, timing);
      await follow(client, progress.position, take, merge(left, connection.drops, missed));
    } catch (error) {
      if (error instanceof StoreUnusable) return subscriber.error(error);
      const failure = failureOf(error);
      if (failure.kind === 'access-denied') {
        return subscriber.error(unusable(failure, connection.cluster, error));
      }
    }
    failures = progress.position === before ? failures + 1 : 1;
    if (!isOver()) await pauseAfter(failures, timing);
  }
  subscriber.complete();
};

/** Hands over events until the subscription breaks off or is to be left. */
const follow = (
  client: EventStoreDBClient,
  after: Position | undefined,
  take: (resolved: ResolvedEvent) => void,
  until: Observable<void>,
): Promise<void> =>
  new Promise((resolve, reject) => {
    const subscription: AllStreamSubscription = client.subscribeToAll({
      fromPosition: after === undefined ? START : at(after),
      filter: streamNameFilter({ prefixes: [STREAM_PREFIX] }),
    });
    const leave = until.subscribe(() => end());
    const end = (error?: Error) => {
      leave.unsubscribe();
      subscription.off('data', onData);
      // What goes wrong afterwards is nobody's concern, and must not end the process.
      subscription.on('error', () => undefined);
      void subscription.unsubscribe().catch(() => undefined);
      if (error === undefined) resolve();
      else reject(error);
    };
    const onData = (resolved: ResolvedEvent) => {
      try {
        take(resolved);
      } catch (error) {
        end(error instanceof Error ? error : new Error(String(error)));
      }
    };
    subscription.on('data', onData);
    subscription.on('error', end);
    subscription.on('end', () => end());
    subscription.on('close', () => end());
  });

/** Fires when the log has gone on and the subscription has not: a server may fall silent unnoticed. */
const missedBehind = (
  position: () => Position | undefined,
  reader: Reader,
  { probeMs }: Timing,
): Observable<void> =>
  new Observable<void>((subscriber) => {
    let seen = position();
    const probe = async () => {
      const head = await reader.head().catch(() => undefined);
      const isBehind = head !== undefined && (position() ?? -1n) < head;
      if (isBehind && position() === seen) subscriber.next();
      seen = position();
    };
    const timer = setInterval(() => void probe(), probeMs);
    timer.unref();
    return () => clearInterval(timer);
  });
