import {
  BACKWARDS,
  END,
  FORWARDS,
  START,
  type AllStreamResolvedEvent,
  type EventStoreDBClient,
  type ResolvedEvent,
  type StreamingRead,
} from '@eventstore/db-client';
import type { Position, ReadAllOptions, ReadStreamOptions, RecordedEvent } from '#event-store/port';
import { StoreUnusable } from '#event-store/store-unusable';
import type { Connection } from './connection.ts';
import { failureOf, unusable } from './failure.ts';
import type { OneChannelClient } from './one-channel-client.ts';
import { toRecordedEvent } from './recorded.ts';
import type { Timing } from './timing.ts';
import { watched } from './watched.ts';

export interface Reader {
  readonly readStream: (
    stream: string,
    options?: ReadStreamOptions,
  ) => AsyncIterable<RecordedEvent>;
  readonly readAll: (options?: ReadAllOptions) => AsyncIterable<RecordedEvent>;
  readonly head: () => Promise<Position | undefined>;
  /** The newest event of all and the newest of ours, as far as they stand behind a position. */
  readonly newestAfter: (position: Position | undefined) => Promise<Newest>;
}

export interface Newest {
  readonly ofAll?: Position;
  readonly ofOurs?: Position;
}

type Answers = StreamingRead<ResolvedEvent | AllStreamResolvedEvent>;

/** Reads from the cluster; a read that breaks off goes on where it stopped. */
export const createReader = (connection: Connection, timing: Timing, prefix: string): Reader => {
  async function* readStream(
    stream: string,
    { from, direction = 'forwards', limit = Infinity }: ReadStreamOptions = {},
  ): AsyncIterable<RecordedEvent> {
    const step = direction === 'forwards' ? 1n : -1n;
    let next = from;
    let left = limit;
    const begin = (client: EventStoreDBClient) =>
      client.readStream(`${prefix}${stream}`, {
        direction: direction === 'forwards' ? FORWARDS : BACKWARDS,
        fromRevision: next ?? (direction === 'forwards' ? START : END),
        maxCount: Math.min(left, Number.MAX_SAFE_INTEGER),
        requiresLeader: true,
      });
    const isOver = () => left <= 0 || (next !== undefined && next < 0n);
    for await (const event of resumed(begin, ours, isOver)) {
      next = event.revision + step;
      left -= 1;
      yield event;
    }
  }

  async function* readAll({ from, limit = Infinity }: ReadAllOptions = {}) {
    // Positions are places of records: only one that was read can be read from again.
    let known = from;
    let isSeen = false;
    let left = limit;
    const begin = (client: EventStoreDBClient) =>
      client.readAll({
        fromPosition: known === undefined ? START : at(known),
        requiresLeader: true,
        // Who wants a few has the server read little more; others' events may stand between.
        ...(limit < FEW ? { maxCount: FEW } : {}),
      });
    const isRead = () => left <= 0;
    for (let last: Position | undefined; !isRead();) {
      let answered = 0;
      const pick = (resolved: ResolvedEvent) => {
        answered += 1;
        last = resolved.event?.position?.commit ?? last;
        return ours(resolved);
      };
      for await (const event of resumed(begin, pick, isRead)) {
        if (isSeen && known !== undefined && event.position <= known) continue;
        known = event.position;
        isSeen = true;
        left -= 1;
        yield event;
        if (isRead()) return;
      }
      if (limit >= FEW || answered < FEW) return;
      [known, isSeen] = [last, true];
    }
  }

  const ours = (resolved: ResolvedEvent) => toRecordedEvent(resolved, prefix);

  /** What is picked of the answers; begun again when they break off, for as long as patience lasts without one. */
  async function* resumed<Picked>(
    begin: (client: EventStoreDBClient) => Answers,
    pick: (resolved: ResolvedEvent) => Picked | undefined,
    isOver: () => boolean,
  ): AsyncIterable<Picked> {
    let begun = performance.now();
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
        const mayPass = failure.kind === 'interrupted' && !connection.isClosed();
        if (mayPass && client !== undefined) await connection.drop(client, failure.leader);
        if (!mayPass || performance.now() - begun >= timing.patienceMs) {
          throw unusable(failure, connection.cluster, error);
        }
      }
      await connection.pause(failures);
    }
  }

  const newestAfter = async (position: Position | undefined): Promise<Newest> => {
    let ofAll: Position | undefined;
    // Mostly it is among the last few; the server is not asked for more before that is known.
    for (const maxCount of [FEW, Number.MAX_SAFE_INTEGER]) {
      const begin = (client: EventStoreDBClient) =>
        client.readAll({
          direction: BACKWARDS,
          fromPosition: END,
          requiresLeader: true,
          maxCount,
        });
      let answered = 0;
      for await (const event of resumed(begin, placeOf, () => false)) {
        answered += 1;
        ofAll ??= event.position;
        if (position !== undefined && event.position <= position) return { ofAll };
        if (event.stream.startsWith(prefix)) return { ofAll, ofOurs: event.position };
      }
      if (answered < maxCount) break;
    }
    return ofAll === undefined ? {} : { ofAll };
  };

  /** How far back the head has been looked for, so that looking again costs what is new. */
  let looked: Newest = {};
  const head = async (): Promise<Position | undefined> => {
    const newest = await newestAfter(looked.ofAll);
    // A log that ends before what was seen of it has been restored: nothing known of it holds.
    const isOlder = (newest.ofAll ?? -1n) < (looked.ofAll ?? -1n);
    looked = isOlder ? await newestAfter(undefined) : { ...looked, ...newest };
    return looked.ofOurs;
  };

  return { readStream, readAll, newestAfter, head };
};

/** Events that a read of a few asks for at a time. */
const FEW = 32;

/** Where any event stands, whosever it is. */
const placeOf = ({ event }: ResolvedEvent) =>
  event?.position === undefined
    ? undefined
    : { stream: event.streamId, position: event.position.commit };

/** A record is committed where it is prepared, outside of the transactions of old clients. */
export const at = (position: Position) => ({ commit: position, prepare: position });
