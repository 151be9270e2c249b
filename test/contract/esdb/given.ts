import { randomUUID } from 'node:crypto';
import { BehaviorSubject, filter, firstValueFrom, take, toArray, type Observable } from 'rxjs';
import { readEsdbAddress } from '#event-store-esdb/address';
import { openEsdbStore } from '#event-store-esdb/open';
import type { Timing } from '#event-store-esdb/timing';
import type { EventStore, NewEvent, RecordedEvent, SubscriptionMessage } from '#event-store/port';
import {
  startDouble,
  type DoubleOptions,
  type EsdbDouble,
} from '../../support/esdb-double/double.ts';
import type { Heard } from '../../support/esdb-double/misbehaviour.ts';

/** A call ends by itself long after a busy machine would have answered it. */
const PATIENT: Timing = {
  callMs: 5_000,
  patienceMs: 600_000,
  pauseMs: 5,
  longestPauseMs: 50,
  probeMs: 100,
  refusalMs: 600_000,
  leaderProbeMs: 20,
};

export interface Given {
  readonly double: EsdbDouble;
  readonly store: EventStore;
  readonly dispose: () => Promise<void>;
}

/**
 * For tests in which no answer comes. A call that ends too soon on a busy machine is sent once more,
 * which these tests allow for.
 */
export const IMPATIENT: Partial<Timing> = { callMs: 500 };

/** A store on a double of its own; an address of the whole cluster where it has several nodes. */
export const storeOnDouble = async (
  options: DoubleOptions & { readonly timing?: Partial<Timing>; readonly seed?: 'first node' } = {},
): Promise<Given> => {
  const double = await startDouble(options);
  const isCluster = (options.nodes ?? 1) > 1 && options.seed !== 'first node';
  const address = readEsdbAddress(isCluster ? double.clusterAddress : double.address, {});
  const store = openEsdbStore({ address, timing: { ...PATIENT, ...options.timing } });
  const dispose = async () => {
    await store.close();
    await double.stop();
  };
  return { double, store, dispose };
};

export const newEvent = (number = 0): NewEvent => ({
  id: randomUUID(),
  type: 'Counted',
  data: { number },
  meta: { occurredOn: '2024-06-03' },
});

export const newEvents = (count: number): readonly NewEvent[] =>
  Array.from({ length: count }, (_, number) => newEvent(number));

export const idsOf = (events: readonly { readonly id: string }[]): readonly string[] =>
  events.map(({ id }) => id);

export const collect = async (
  events: AsyncIterable<RecordedEvent>,
): Promise<readonly RecordedEvent[]> => {
  const collected: RecordedEvent[] = [];
  for await (const event of events) collected.push(event);
  return collected;
};

/** What the double has of ours, as it stands in its log. */
export const kept = ({ log }: EsdbDouble) =>
  log.events.filter(({ stream }) => stream.startsWith('mingzhang.'));

/** Somebody else writes to a stream of ours, past the store. */
export const writeBeside = ({ log }: EsdbDouble, stream: string, expected: 'no_stream' | bigint) =>
  log.append(`mingzhang.${stream}`, expected, [
    {
      id: randomUUID(),
      type: 'Counted',
      contentType: 'application/json',
      data: Buffer.from('{"number":0}'),
      customMetadata: Buffer.from('{"occurredOn":"2024-06-03"}'),
    },
  ]);

/** Resolves when the double has heard so many requests of a kind from now on. */
export const heard = (
  double: EsdbDouble,
  kind: Heard['kind'],
  count = 1,
): Promise<readonly Heard[]> =>
  firstValueFrom(
    double.heard.pipe(
      filter((request) => request.kind === kind),
      take(count),
      toArray(),
    ),
  );

export interface Following {
  readonly events: readonly RecordedEvent[];
  /** Resolves when so many events have come. */
  readonly reach: (count: number) => Promise<unknown>;
  readonly leave: () => void;
}

/** Subscribes, and keeps what comes. */
export const follow = (messages: Observable<SubscriptionMessage>): Following => {
  const events: RecordedEvent[] = [];
  const counts = new BehaviorSubject(0);
  const subscription = messages.subscribe({
    next: (message) => {
      if (message.kind === 'event') counts.next(events.push(message.event));
    },
    error: (error: unknown) => counts.error(error),
  });
  return {
    events,
    reach: (count) => firstValueFrom(counts.pipe(filter((reached) => reached >= count))),
    leave: () => subscription.unsubscribe(),
  };
};

/** The first so many events of a subscription. */
export const eventsOf = (
  messages: Observable<SubscriptionMessage>,
  count: number,
): Promise<readonly RecordedEvent[]> =>
  firstValueFrom(
    messages.pipe(
      filter((message) => message.kind === 'event'),
      take(count),
      toArray(),
    ),
  ).then((found) => found.map(({ event }) => event));
