import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { EventStore, NewEvent } from '#event-store/port';
import type { EsdbDouble } from '../esdb-double/double.ts';
import { WELL_BEHAVED, type Behaviour } from '../esdb-double/misbehaviour.ts';
import { follow, idsOf, kept, newEvents, storeOnDouble, type Given } from './given.ts';

const STREAMS = 200;
const APPENDS_A_STREAM = 50;
const WRITERS = 50;
const APPENDS_BETWEEN_FAULTS = 150;
const REQUESTS_A_FAULT = 12;

const behave = (double: EsdbDouble, change: Partial<Behaviour>) =>
  Object.assign(double.behaviour, WELL_BEHAVED, change);

/** What goes wrong in turn; each is over after so many requests more. */
const FAULTS: readonly ((double: EsdbDouble, round: number) => void)[] = [
  (double) => behave(double, { appends: 'ignored', reads: 'silent', subscriptions: 'silent' }),
  (double) => void double.restart(),
  (double) => double.dropCalls(),
  (double, round) => double.lead(round % 3),
  (double) => behave(double, { appends: 'overloaded' }),
  (double) => behave(double, { appends: 'answered late' }),
  (double) => behave(double, { appends: 'timed out', subscriptions: 'silent' }),
  (double, round) => {
    behave(double, { appends: 'answered late', repeats: 'refused' });
    double.lead((round + 1) % 3);
  },
];

/** Goes through the faults by the count of what comes in, whatever the time; says how many there were. */
const misbehave = (double: EsdbDouble): { readonly faults: () => number } => {
  let appends = 0;
  let faults = 0;
  let left = 0;
  double.heard.subscribe(({ kind }) => {
    if (left > 0 && --left === 0) {
      behave(double, {});
      double.answerLate();
    }
    if (kind !== 'append' || ++appends % APPENDS_BETWEEN_FAULTS > 0) return;
    FAULTS[faults++ % FAULTS.length]?.(double, faults);
    left = REQUESTS_A_FAULT;
  });
  return { faults: () => faults };
};

/** One append after the other to one stream, each at the revision that the last one reached. */
const fill = async (
  store: EventStore,
  stream: string,
  batches: readonly (readonly NewEvent[])[],
): Promise<void> => {
  let revision = -1n;
  for (const events of batches) {
    const expected = revision < 0n ? 'no_stream' : revision;
    const outcome = await store.append(stream, expected, events);
    expect(outcome).toEqual({
      kind: 'appended',
      revision: revision + BigInt(events.length),
      position: expect.any(BigInt),
    });
    revision += BigInt(events.length);
  }
};

describe('a cluster of three nodes that misbehaves in every way while 10,000 appends are made', () => {
  let given: Given;
  beforeEach(async () => {
    given = await storeOnDouble({ nodes: 3, timing: { callMs: 200 } });
  });
  afterEach(() => given.dispose());

  test('keeps every acknowledged event once, and a subscription sees each once and in order', async () => {
    const { double, store } = given;
    const { faults } = misbehave(double);
    const following = follow(store.subscribeAll());
    const streams = Array.from({ length: STREAMS }, (_, stream) => ({
      name: `s-${stream}`,
      // Every tenth append is a batch.
      batches: Array.from({ length: APPENDS_A_STREAM }, (_, n) => newEvents(n % 10 === 9 ? 3 : 1)),
    }));
    const events = streams.flatMap(({ batches }) => batches.flat());

    const next = streams.values();
    const write = async () => {
      for (const { name, batches } of next) await fill(store, name, batches);
    };
    await Promise.all(Array.from({ length: WRITERS }, write));
    behave(double, {});
    await following.reach(events.length);

    const log = idsOf(kept(double));
    expect(faults()).toBeGreaterThan(60);
    expect(log.toSorted()).toEqual(idsOf(events).toSorted());
    expect(idsOf(following.events)).toEqual(log);
    following.leave();
  });
});
