import { Observable, Subject } from 'rxjs';
import { toEventText } from './event-text.ts';
import { judgeAppend, tooLarge } from './judge-append.ts';
import type {
  AppendOutcome,
  EventStore,
  ExpectedRevision,
  NewEvent,
  ReadAllOptions,
  ReadStreamOptions,
  RecordedEvent,
  SubscribeOptions,
  SubscriptionMessage,
} from './port.ts';

/** A store for tests: everything the port promises, except that nothing outlives the process. */
export const openMemoryStore = (): EventStore => {
  const log: RecordedEvent[] = [];
  const streams = new Map<string, RecordedEvent[]>();
  const appended = new Subject<void>();

  const append = (
    stream: string,
    expected: ExpectedRevision,
    events: readonly NewEvent[],
  ): AppendOutcome => {
    const failure = tooLarge(events.map(toEventText));
    if (failure !== undefined) return failure;
    const recorded = streams.get(stream) ?? [];
    const actual = recorded.at(-1)?.revision ?? 'no_stream';
    const ids = events.map((event) => event.id);
    switch (judgeAppend(expected, actual, ids, (revision) => recorded[Number(revision)]?.id)) {
      case 'conflict':
        return { kind: 'wrong-expected-revision', expected, actual };
      case 'repeat': {
        const first = expected === 'no_stream' ? 0n : expected + 1n;
        return appendedAt(recorded[Number(first) + events.length - 1]);
      }
      case 'append':
        for (const event of events) {
          const revision = BigInt(recorded.length);
          const entry = { ...event, stream, revision, position: BigInt(log.length + 1) };
          recorded.push(entry);
          log.push(entry);
        }
        streams.set(stream, recorded);
        appended.next();
        return appendedAt(recorded.at(-1));
    }
  };

  return {
    isShared: true,
    append: (...request) => Promise.resolve(append(...request)),
    readStream: (stream, options) => each(select(streams.get(stream) ?? [], options)),
    readAll: ({ from = 1n, limit = Infinity }: ReadAllOptions = {}) =>
      each(log.slice(indexOf(from), indexOf(from) + limit)),
    subscribeAll: (options) => follow(log, appended, options),
    head: () => Promise.resolve(log.at(-1)?.position),
    close: () => Promise.resolve(appended.complete()),
  };
};

const appendedAt = (last: RecordedEvent | undefined): AppendOutcome => {
  if (last === undefined) throw new Error('An append needs at least one event.');
  return { kind: 'appended', revision: last.revision, position: last.position };
};

const indexOf = (position: bigint): number => Math.max(0, Number(position) - 1);

const select = (
  events: readonly RecordedEvent[],
  { from, direction = 'forwards', limit = Infinity }: ReadStreamOptions = {},
): readonly RecordedEvent[] => {
  if (direction === 'forwards') return events.slice(Number(from ?? 0n)).slice(0, limit);
  const newest = from === undefined ? events.length : Number(from) + 1;
  return events.slice(0, newest).reverse().slice(0, limit);
};

async function* each(events: readonly RecordedEvent[]): AsyncIterable<RecordedEvent> {
  yield* events;
}

const follow = (
  log: readonly RecordedEvent[],
  appended: Observable<void>,
  { after = 0n }: SubscribeOptions = {},
): Observable<SubscriptionMessage> =>
  new Observable((subscriber) => {
    let next = Number(after);
    const hand = () => {
      for (let event = log[next]; event !== undefined && !subscriber.closed; event = log[next]) {
        next += 1;
        subscriber.next({ kind: 'event', event });
      }
    };
    hand();
    subscriber.next({ kind: 'caughtUp' });
    return appended.subscribe({ next: hand, complete: () => subscriber.complete() });
  });
