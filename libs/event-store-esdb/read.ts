import {
  BACKWARDS,
  END,
  FORWARDS,
  START,
  type EventStoreDBClient,
  type ResolvedEvent,
} from '@eventstore/db-client';
import type { Position, ReadAllOptions, ReadStreamOptions, RecordedEvent } from '#event-store/port';
import type { Availability } from './availability.ts';
import type { Connection } from './connection.ts';
import { createNewest, FEW, type Newest } from './newest.ts';
import { toRecordedEvent } from './recorded.ts';
import { createResumedRead, type ResumedRead } from './resumed-read.ts';
import type { Timing } from './timing.ts';

export interface Reader {
  /** Waits for a cluster that is away as long as any call does. */
  readonly patientReadStream: (
    stream: string,
    options?: ReadStreamOptions,
  ) => AsyncIterable<RecordedEvent>;
  /** For decisions: refuses after a short while when the cluster is known to be away. */
  readonly readStream: (
    stream: string,
    options?: ReadStreamOptions,
  ) => AsyncIterable<RecordedEvent>;
  readonly readAll: (options?: ReadAllOptions) => AsyncIterable<RecordedEvent>;
  readonly head: () => Promise<Position | undefined>;
  /** The newest event of all and the newest of ours, as far as they stand behind a position. */
  readonly newestAfter: (position: Position | undefined) => Promise<Newest>;
}

/** Reads from the cluster; a read that breaks off goes on where it stopped. */
export const createReader = (
  connection: Connection,
  availability: Availability,
  timing: Timing,
  prefix: string,
): Reader => {
  const resumed = createResumedRead(connection, availability, timing);
  const ours = (resolved: ResolvedEvent) => toRecordedEvent(resolved, prefix);
  return {
    patientReadStream: createReadStream(resumed, ours, prefix),
    readStream: createReadStream(resumed, ours, prefix, 'short'),
    readAll: createReadAll(resumed, ours),
    ...createNewest(resumed, prefix),
  };
};

type Ours = (resolved: ResolvedEvent) => RecordedEvent | undefined;

const createReadStream = (
  resumed: ResumedRead,
  ours: Ours,
  prefix: string,
  patience?: 'short',
): Reader['readStream'] =>
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
    for await (const event of resumed(begin, ours, isOver, patience)) {
      next = event.revision + step;
      left -= 1;
      yield event;
    }
  };

const createReadAll = (resumed: ResumedRead, ours: Ours): Reader['readAll'] =>
  async function* readAll({ from, limit = Infinity }: ReadAllOptions = {}) {
    // Positions are offsets of records: only one that was read can be read from again.
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
  };

/** A record is committed where it is prepared, outside of the transactions of old clients. */
export const at = (position: Position) => ({ commit: position, prepare: position });
