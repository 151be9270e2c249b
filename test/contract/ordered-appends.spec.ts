import { expect, test } from '@jest/globals';
import { migrateLog } from '#operations/migrate-log';
import type { AppendOutcome, EventStore, RecordedEvent } from '#event-store/port';
import { OrderedAppends } from '#operations/ordered-appends';
import { newEvent, storeOnDouble } from './esdb/given.ts';

const recorded = (count: number): readonly RecordedEvent[] =>
  Array.from({ length: count }, (_, n) => ({
    ...newEvent(n),
    stream: `s-${n % 7}`,
    revision: BigInt(Math.floor(n / 7)),
    position: BigInt(n),
  }));

/** A log to be read whole. */
const logOf = (events: readonly RecordedEvent[]): EventStore => {
  const never = () => Promise.reject(new Error('It is only read.'));
  return {
    isShared: false,
    append: never,
    readStream: () => {
      throw new Error('It is read whole.');
    },
    async *readAll() {
      yield* events;
    },
    subscribeAll: () => {
      throw new Error('It is not followed.');
    },
    head: async () => events.at(-1)?.position,
    close: async () => undefined,
  };
};

test('appends that take 7 ms each stand in the order of the source, and a run after a kill completes it', async () => {
  const { store, double, dispose } = await storeOnDouble();
  double.behaviour.appendMs = 7;
  const events = recorded(700);
  let underWay = 0;
  let most = 0;
  let heard = 0;
  const killed: EventStore = {
    ...store,
    append: async (...asked) => {
      // What a process had sent when it was killed is written; what it had not is not.
      if ((heard += 1) > 300) return new Promise<AppendOutcome>(() => undefined);
      most = Math.max(most, (underWay += 1));
      const outcome = await store.append(...asked);
      underWay -= 1;
      return outcome;
    },
  };
  void migrateLog(logOf(events), killed);
  const idsInLog = async () => {
    const ids: string[] = [];
    for await (const { id } of store.readAll()) ids.push(id);
    return ids;
  };
  while ((await idsInLog()).length < 300) continue;
  expect(most).toBeGreaterThan(32);
  expect(await migrateLog(logOf(events), store)).toMatchObject({ kind: 'migrated', added: 400 });
  expect(await idsInLog()).toEqual(events.map(({ id }) => id));
  await dispose();
});

test('a target that answers a position before the last one is not written to any further', async () => {
  const positions = [0n, 1n, 5n, 4n, 6n];
  const asked: string[] = [];
  const append = async (stream: string): Promise<AppendOutcome> => {
    asked.push(stream);
    return { kind: 'appended', revision: 0n, position: positions[asked.length - 1] ?? 0n };
  };
  const appends = new OrderedAppends({ append }, 1);
  const events = recorded(7);
  expect(await appends.add(events)).toEqual({ kind: 'disordered', event: events[3] });
  expect([appends.added, asked.length]).toEqual([3, 4]);
});

test('an event that was taken behind one that failed stands out of order', async () => {
  const refused = { kind: 'unavailable', outcome: 'not-applied', reason: 'away' } as const;
  const outcomes: AppendOutcome[] = [refused, { kind: 'appended', revision: 0n, position: 9n }];
  const append = async (): Promise<AppendOutcome> => outcomes.shift() ?? refused;
  const appends = new OrderedAppends({ append }, 2);
  const events = recorded(2);
  await appends.add(events);
  expect(await appends.drain()).toEqual({ kind: 'disordered', event: events[1] });
});
