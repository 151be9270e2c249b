import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { filter, firstValueFrom, take, takeWhile, toArray, type Observable } from 'rxjs';
import {
  MAX_APPEND_BYTES,
  type AppendOutcome,
  type EventStore,
  type NewEvent,
  type RecordedEvent,
  type SubscriptionMessage,
} from '#event-store/port';
import { times } from '../support/property.ts';

export interface OpenedStore {
  readonly store: EventStore;
  readonly dispose: () => Promise<void>;
  /** Writes what is not of the ledger between its events, where the log of a store can hold such. */
  readonly disturb?: () => void | Promise<void>;
}

export const newEvent = (number = 0, data: NewEvent['data'] = { number }): NewEvent => ({
  id: randomUUID(),
  type: 'Counted',
  data,
  meta: { occurredOn: '2024-06-03' },
});

const newEvents = (count: number): readonly NewEvent[] =>
  Array.from({ length: count }, (_, number) => newEvent(number));

const collect = async (events: AsyncIterable<RecordedEvent>): Promise<readonly RecordedEvent[]> => {
  const collected: RecordedEvent[] = [];
  for await (const event of events) collected.push(event);
  return collected;
};

const numbers = (events: readonly RecordedEvent[]): readonly unknown[] =>
  events.map((event) => event.data['number']);

const eventsOf = (
  messages: Observable<SubscriptionMessage>,
  count: number,
): Promise<readonly SubscriptionMessage[]> => firstValueFrom(messages.pipe(take(count), toArray()));

/** What every store promises, in the words of the port. */
export const describeEventStoreContract = (
  name: string,
  open: () => OpenedStore | Promise<OpenedStore>,
): void => {
  describe(`${name} keeps the contract of an event store`, () => {
    let store: EventStore;
    let dispose: () => Promise<void>;
    let disturb: () => void | Promise<void>;
    beforeEach(async () => ({ store, dispose, disturb = () => undefined } = await open()));
    afterEach(() => dispose());

    const appended = async (outcome: Promise<AppendOutcome>) => {
      const settled = await outcome;
      if (settled.kind !== 'appended') throw new Error(`not appended but ${settled.kind}`);
      return settled;
    };

    describe('expected revision', () => {
      test('a new stream begins at revision 0', async () => {
        const { revision } = await appended(store.append('s', 'no_stream', newEvents(1)));
        expect(revision).toBe(0n);
      });

      test('an append at the exact revision goes on from there', async () => {
        await appended(store.append('s', 'no_stream', newEvents(3)));
        const { revision } = await appended(store.append('s', 2n, newEvents(2)));
        expect(revision).toBe(4n);
      });

      test('an append that expects another revision of a stream appends nothing and says so', async () => {
        await appended(store.append('s', 'no_stream', newEvents(3)));
        for (const expected of ['no_stream', 0n, 5n] as const) {
          expect(await store.append('s', expected, newEvents(1))).toEqual({
            kind: 'wrong-expected-revision',
            expected,
            actual: 2n,
          });
          expect(await collect(store.readStream('s'))).toHaveLength(3);
        }
      });

      test('an append that expects events in a missing stream is told there is none', async () => {
        expect(await store.append('s', 0n, newEvents(1))).toEqual({
          kind: 'wrong-expected-revision',
          expected: 0n,
          actual: 'no_stream',
        });
      });

      const rivals = times(20, 200);

      test(`of ${rivals} concurrent first appends one wins`, async () => {
        const outcomes = await Promise.all(
          newEvents(rivals).map((event) => store.append('s', 'no_stream', [event])),
        );
        expect(outcomes.filter(({ kind }) => kind === 'appended')).toHaveLength(1);
        expect(await collect(store.readStream('s'))).toHaveLength(1);
      });

      test('appends issued one after the other without waiting all succeed in order', async () => {
        const outcomes = await Promise.all(
          newEvents(100).map((event, n) =>
            store.append('s', n === 0 ? 'no_stream' : BigInt(n - 1), [event]),
          ),
        );
        expect(outcomes.map(({ kind }) => kind)).toEqual(Array(100).fill('appended'));
        expect(numbers(await collect(store.readStream('s')))).toEqual([...Array(100).keys()]);
      });
    });

    describe('asking again', () => {
      test('the same events at the same expectation answer as the first time', async () => {
        const events = newEvents(3);
        const first = await appended(store.append('s', 'no_stream', events));
        await appended(store.append('s', 2n, newEvents(2)));
        expect(await store.append('s', 'no_stream', events)).toEqual(first);
        expect(await collect(store.readAll())).toHaveLength(5);
      });

      test('a longer batch that begins the same is a conflict', async () => {
        const events = newEvents(2);
        await appended(store.append('s', 'no_stream', events));
        const longer = await store.append('s', 'no_stream', [...events, newEvent(2)]);
        expect(longer.kind).toBe('wrong-expected-revision');
        expect(await collect(store.readAll())).toHaveLength(2);
      });

      test('the same events elsewhere in the stream are a conflict', async () => {
        const events = newEvents(2);
        await appended(store.append('s', 'no_stream', newEvents(1)));
        await appended(store.append('s', 0n, events));
        expect((await store.append('s', 'no_stream', events)).kind).toBe('wrong-expected-revision');
      });

      test('an id used before is accepted where the revision is exact', async () => {
        const event = newEvent(0);
        await appended(store.append('s', 'no_stream', [event]));
        expect((await store.append('s', 0n, [event])).kind).toBe('appended');
      });
    });

    describe('batches', () => {
      test('are appended whole or not at all', async () => {
        await appended(store.append('s', 'no_stream', newEvents(1)));
        await store.append('s', 'no_stream', newEvents(5));
        expect(await collect(store.readAll())).toHaveLength(1);
      });

      const many = times(250, 10_000);

      test(`of ${many} events keep their order`, async () => {
        for (let batch = 0; batch < 5; batch++) {
          const events = newEvents(many / 5);
          const expected = batch === 0 ? 'no_stream' : BigInt((batch * many) / 5 - 1);
          await appended(store.append('s', expected, events));
        }
        const events = await collect(store.readStream('s'));
        expect(events.map((event) => event.revision)).toEqual(
          Array.from({ length: many }, (_, n) => BigInt(n)),
        );
      });

      test(`of ${many} small events are one append`, async () => {
        const events = newEvents(many);
        const { revision } = await appended(store.append('s', 'no_stream', events));
        expect(revision).toBe(BigInt(many - 1));
        expect(await store.append('s', 'no_stream', events)).toMatchObject({ kind: 'appended' });
        const read = await collect(store.readStream('s'));
        expect(read.map(({ id }) => id)).toEqual(events.map(({ id }) => id));
      });

      test('beyond the limit are refused with both figures', async () => {
        const text = '一'.repeat(MAX_APPEND_BYTES / 3);
        expect(await store.append('s', 'no_stream', [newEvent(0, { text })])).toMatchObject({
          kind: 'append-too-large',
          limit: MAX_APPEND_BYTES,
        });
        expect(await store.head()).toBeUndefined();
      });

      test('just within the limit come back whole', async () => {
        const text = '一'.repeat(MAX_APPEND_BYTES / 3 - 100);
        await appended(store.append('s', 'no_stream', [newEvent(0, { text })]));
        const [event] = await collect(store.readStream('s'));
        expect(event?.data['text']).toBe(text);
      });
    });

    describe('an event of 900 KiB', () => {
      const meta = { occurredOn: '2024-06-03' };
      const room = MAX_APPEND_BYTES - JSON.stringify({ text: '' }).length;
      const eventOf = (bytes: number) => ({
        ...newEvent(0, { text: 'a'.repeat(bytes - JSON.stringify(meta).length) }),
        meta,
      });

      test('and not a byte more is taken, and read and followed whole', async () => {
        const events = [eventOf(room), eventOf(room)];
        for (const [n, event] of events.entries()) {
          await appended(store.append('s', n === 0 ? 'no_stream' : BigInt(n - 1), [event]));
        }
        expect(await collect(store.readAll())).toMatchObject(events);
        const followed = await firstValueFrom(store.subscribeAll().pipe(take(2), toArray()));
        expect(followed).toMatchObject(events.map((event) => ({ kind: 'event', event })));
      });

      test('and a byte more is refused', async () => {
        expect(await store.append('s', 'no_stream', [eventOf(room + 1)])).toEqual({
          kind: 'append-too-large',
          bytes: MAX_APPEND_BYTES + 1,
          limit: MAX_APPEND_BYTES,
        });
      });
    });

    describe('reading a stream', () => {
      beforeEach(async () => {
        await appended(store.append('other', 'no_stream', newEvents(3)));
        await appended(store.append('s', 'no_stream', newEvents(5)));
      });

      test('forwards gives all of its events and no others', async () => {
        expect(numbers(await collect(store.readStream('s')))).toEqual([0, 1, 2, 3, 4]);
      });

      test('between bounds, from either end, gives the events between them', async () => {
        const bounds = [
          [{ from: 2n }, [2, 3, 4]],
          [{ limit: 2 }, [0, 1]],
          [{ from: 1n, limit: 2 }, [1, 2]],
          [{ direction: 'backwards' }, [4, 3, 2, 1, 0]],
          [{ direction: 'backwards', from: 2n }, [2, 1, 0]],
          [{ direction: 'backwards', limit: 1 }, [4]],
          [{ direction: 'backwards', from: 3n, limit: 2 }, [3, 2]],
          [{ direction: 'backwards', from: 0n }, [0]],
          [{ from: 5n }, []],
          [{ limit: 0 }, []],
        ] as const;
        for (const [options, expected] of bounds) {
          const read = numbers(await collect(store.readStream('s', options)));
          expect([options, read]).toEqual([options, expected]);
        }
      });

      test('that does not exist gives nothing', async () => {
        expect(await collect(store.readStream('missing'))).toEqual([]);
      });

      test('gives events exactly as they were appended', async () => {
        const data = { 名称: '蔬菜大棚 "改造" \\ 工程', emoji: '🌾', line: 'a\u2028b\nc', n: null };
        const event = { ...newEvent(0, data), meta: { 来源: '〔2024〕2号' } };
        await appended(store.append('u', 'no_stream', [event]));
        const [read] = await collect(store.readStream('u'));
        expect(read).toMatchObject({ ...event, stream: 'u', revision: 0n });
      });
    });

    test('names of streams and types may be in any script', async () => {
      const event = { ...newEvent(), type: '资金已拨付' };
      await appended(store.append('拨款-①/🌾', 'no_stream', [event]));
      expect(await collect(store.readStream('拨款-①/🌾'))).toMatchObject([event]);
      expect(await collect(store.readAll())).toMatchObject([{ ...event, stream: '拨款-①/🌾' }]);
    });

    describe('reading the log', () => {
      test('an empty log has no head', async () => {
        expect(await store.head()).toBeUndefined();
        expect(await collect(store.readAll())).toEqual([]);
      });

      test('gives every event in one order, whatever its stream', async () => {
        await Promise.all(
          newEvents(50).map((event, n) => store.append(`s-${n}`, 'no_stream', [event])),
        );
        const events = await collect(store.readAll());
        const positions = events.map((event) => event.position);
        expect(events).toHaveLength(50);
        expect(positions).toEqual([...positions].sort((a, b) => Number(a - b)));
        expect(new Set(positions).size).toBe(50);
        expect(await store.head()).toBe(positions.at(-1));
      });

      test('begins with the position it is given', async () => {
        await appended(store.append('s', 'no_stream', newEvents(10)));
        const all = await collect(store.readAll());
        const from = all[6]?.position ?? 0n;
        expect(await collect(store.readAll({ from }))).toEqual(all.slice(6));
        expect(await collect(store.readAll({ from, limit: 2 }))).toEqual(all.slice(6, 8));
      });

      test('page by page gives the same as all at once', async () => {
        for (let n = 0; n < 25; n++) {
          await appended(store.append(`s-${n}`, 'no_stream', newEvents(1 + (n % 3))));
          await disturb();
        }
        const all = await collect(store.readAll());
        const paged: RecordedEvent[] = [];
        for (let page = await collect(store.readAll({ limit: 7 })); page.length > 0;) {
          paged.push(...page);
          const from = page.at(-1)?.position ?? 0n;
          // The first of the next page is the last of this one.
          page = (await collect(store.readAll({ from, limit: 8 }))).slice(1);
        }
        expect(all).toHaveLength(49);
        expect(paged).toEqual(all);
      });
    });

    describe('what others keep in the same log', () => {
      test('is neither read nor followed, and moves no revision and no head', async () => {
        await disturb();
        expect(await store.head()).toBeUndefined();
        const following = eventsOf(store.subscribeAll(), 9);
        for (let n = 0; n < 4; n++) {
          await appended(
            store.append('s', n === 0 ? 'no_stream' : BigInt(2 * n - 1), newEvents(2)),
          );
          await disturb();
        }
        const all = await collect(store.readAll());
        expect(all.map(({ stream, revision }) => [stream, revision])).toEqual(
          [0n, 1n, 2n, 3n, 4n, 5n, 6n, 7n].map((revision) => ['s', revision]),
        );
        expect(await store.head()).toBe(all.at(-1)?.position);
        expect(await following).toEqual([
          { kind: 'caughtUp' },
          ...all.map((event) => ({ kind: 'event', event })),
        ]);
      });
    });

    describe('a subscription', () => {
      const nothingLeft = ({ kind }: SubscriptionMessage) => kind !== 'caughtUp';

      test('gives what is there, says that it has caught up, and goes on', async () => {
        await appended(store.append('s', 'no_stream', newEvents(3)));
        const messages = eventsOf(store.subscribeAll(), 6);
        await appended(store.append('s', 2n, newEvents(2)));
        const kinds = (await messages).map(({ kind }) => kind);
        expect(kinds.filter((kind) => kind === 'event')).toHaveLength(5);
        expect(kinds.filter((kind) => kind === 'caughtUp')).toHaveLength(1);
      });

      test('begins after the position it is given', async () => {
        const { position } = await appended(store.append('s', 'no_stream', newEvents(3)));
        await appended(store.append('s', 2n, newEvents(2)));
        const messages = await firstValueFrom(
          store.subscribeAll({ after: position }).pipe(takeWhile(nothingLeft), toArray()),
        );
        expect(messages).toHaveLength(2);
      });

      test('taken up again after its last event misses nothing and repeats nothing', async () => {
        await appended(store.append('s', 'no_stream', newEvents(20)));
        const seen: RecordedEvent[] = [];
        for (let turn = 0; turn < 4; turn++) {
          const after = seen.at(-1)?.position;
          const following = firstValueFrom(
            store.subscribeAll(after === undefined ? {} : { after }).pipe(
              filter((message) => message.kind === 'event'),
              take(10),
              toArray(),
            ),
          );
          await disturb();
          await appended(store.append(`t-${turn}`, 'no_stream', newEvents(5)));
          seen.push(...(await following).map(({ event }) => event));
        }
        expect(seen).toHaveLength(40);
        expect(seen).toEqual(await collect(store.readAll()));
      });

      const [early, late] = [times(300, 2_500), times(60, 400)];

      test('misses nothing and repeats nothing while writers go on', async () => {
        await appended(store.append('early', 'no_stream', newEvents(early)));
        const messages = eventsOf(store.subscribeAll(), early + late + 1);
        const writing = newEvents(late).map((event, n) =>
          store.append(`s-${n}`, 'no_stream', [event]),
        );
        await Promise.all(writing);
        const positions = (await messages).flatMap((message) =>
          message.kind === 'event' ? [message.event.position] : [],
        );
        expect(positions).toEqual((await collect(store.readAll())).map(({ position }) => position));
      });

      test('is one of many, each with its own pace', async () => {
        await appended(store.append('s', 'no_stream', newEvents(10)));
        const both = [eventsOf(store.subscribeAll(), 11), eventsOf(store.subscribeAll(), 3)];
        expect((await Promise.all(both)).map((messages) => messages.length)).toEqual([11, 3]);
      });

      test('ends when the store is closed', async () => {
        const ended = firstValueFrom(store.subscribeAll().pipe(toArray()));
        await store.close();
        expect(await ended).toEqual(expect.any(Array));
      });
    });
  });
};
