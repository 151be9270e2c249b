import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { EventStoreDBClient, jsonEvent, START, streamNameFilter } from '@eventstore/db-client';
import { filter, firstValueFrom, take, count as counted } from 'rxjs';
import { readEsdbAddress } from '#event-store-esdb/address';
import { openEsdbStore } from '#event-store-esdb/open';
import type { EventStore, ExpectedRevision, NewEvent } from '#event-store/port';
import { percentile, reduced, speedOf, type Figure, type Speed } from './measure.ts';

const ROUNDS = 7;
const SINGLE = reduced(3_000);
const CONCURRENT = reduced(16_000);
const WRITERS = 64;
const FOLLOWED = reduced(20_000);

/** An append of one event to a stream, as the client or the store makes it. */
type Append = (stream: string, expected: ExpectedRevision, event: NewEvent) => Promise<unknown>;

/** A way to the double, one of which is open in this process at a time. */
interface Way {
  readonly append: Append;
  /** Resolves when so many events were followed from the start. */
  readonly follow: (events: number) => Promise<unknown>;
  readonly close: () => Promise<void>;
}

/** The store on EventStoreDB beside its client alone, on the same double in a process of its own. */
export const benchEsdb = async (): Promise<readonly Figure[]> => {
  const sequential = await sideBySide(SINGLE, (way) => append(way, SINGLE, 1));
  const concurrent = await sideBySide(CONCURRENT, (way) => append(way, CONCURRENT, WRITERS));
  const followed = await sideBySide(FOLLOWED, ({ follow }) => follow(FOLLOWED), FOLLOWED);
  const unit = 'events/s';
  return [
    { name: 'EventStoreDB, appends one by one', ...sequential, unit, goal: 0.8 },
    { name: 'EventStoreDB, 64 concurrent appends', ...concurrent, unit, goal: 0.8 },
    { name: 'EventStoreDB, a subscription', ...followed, unit, goal: 0.8 },
  ];
};

/** The speed of both ways, in turns on one double; medians, since a round may be disturbed. */
const sideBySide = async (
  events: number,
  work: (way: Way) => Promise<unknown>,
  kept = 0,
): Promise<{ readonly ours: Speed; readonly limit: number }> => {
  const double = spawn(process.execPath, [
    '--conditions=source',
    new URL('./esdb-child.ts', import.meta.url).pathname,
  ]);
  const [line] = await once(double.stdout, 'data');
  const address = String(line).trim();
  if (kept > 0) await withWay(ours(address), (way) => append(way, kept, WRITERS), kept);
  const speeds = { ours: [] as Speed[], limit: [] as Speed[] };
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, open] of [['limit', raw] as const, ['ours', ours] as const]) {
      speeds[name].push(await withWay(open(address), work, events));
    }
  }
  double.kill();
  return { ours: median(speeds.ours), limit: median(speeds.limit).perSecond };
};

const median = (speeds: readonly Speed[]): Speed => ({
  perSecond: percentile(
    speeds.map(({ perSecond }) => perSecond),
    0.5,
  ),
  cpuUs: percentile(
    speeds.map(({ cpuUs }) => cpuUs),
    0.5,
  ),
});

/** The speed of work on so many events. */
const withWay = async (
  way: Way,
  work: (way: Way) => Promise<unknown>,
  events: number,
): Promise<Speed> => {
  await way.append(`first-${randomUUID()}`, 'no_stream', payment(0));
  const speed = await speedOf(async () => {
    await work(way);
    return events;
  });
  await way.close();
  return speed;
};

const append = async (way: Way, events: number, writers: number): Promise<void> => {
  const write = async () => {
    const stream = randomUUID();
    for (let n = 0; n < events / writers; n++) {
      await way.append(stream, n === 0 ? 'no_stream' : BigInt(n - 1), payment(n));
    }
  };
  await Promise.all(Array.from({ length: writers }, write));
};

const ours = (address: string): Way => {
  const store: EventStore = openEsdbStore({ address: readEsdbAddress(address, {}) });
  return {
    append: async (stream, expected, event) => {
      const { kind } = await store.append(stream, expected, [event]);
      if (kind !== 'appended') throw new Error(`An append was ${kind}.`);
    },
    follow: (events) =>
      firstValueFrom(
        store.subscribeAll().pipe(
          filter(({ kind }) => kind === 'event'),
          take(events),
          counted(),
        ),
      ),
    close: store.close,
  };
};

/** The limit: the client as it comes, without a retry and without a deadline. */
const raw = (address: string): Way => {
  const client = EventStoreDBClient.connectionString(address);
  return {
    append: (stream, expectedRevision, { id, type, data, meta: metadata }) =>
      client.appendToStream(`mingzhang.${stream}`, [jsonEvent({ id, type, data, metadata })], {
        expectedRevision,
      }),
    follow: async (events) => {
      const subscription = client.subscribeToAll({
        fromPosition: START,
        filter: streamNameFilter({ prefixes: ['mingzhang.'] }),
      });
      let seen = 0;
      await new Promise<void>((resolve) => {
        subscription.on('data', () => ++seen === events && resolve());
      });
      subscription.on('error', () => undefined);
      await subscription.unsubscribe();
    },
    close: () => client.dispose(),
  };
};

/** About 500 bytes, as the events of the ledger are. */
const payment = (number: number): NewEvent => ({
  id: randomUUID(),
  type: 'FundsDisbursed',
  data: {
    allocationId: 'f6a1c3c0-5b8e-5d1e-9a4d-3f0d2a9f7c11',
    paymentId: `payment-${number}`,
    payeeId: '0f0b8c1e-77a2-5c1b-8b3f-5a7f1f2c9d10',
    amountFen: 100 + number,
    from: 'treasury',
    stage: 'progress',
    voucher: `凭证-${number}`,
    ground: { kind: 'statement' },
    remark: '按工程进度支付蔬菜大棚改造项目资金,附验收单与发票。',
  },
  meta: {
    commandId: 'c0c0c0c0-0000-4000-8000-000000000000',
    actor: '朔城区财政局',
    occurredOn: '2024-06-03',
    recordedAt: '2024-06-03T02:00:00.000Z',
  },
});
