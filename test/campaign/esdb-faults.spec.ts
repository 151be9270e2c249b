import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { EventStore, NewEvent } from '#event-store/port';
import { behave, misbehave } from '../support/esdb-double/misbehave.ts';
import {
  follow,
  idsOf,
  kept,
  newEvents,
  storeOnDouble,
  type Given,
} from '../contract/esdb/given.ts';

const STREAMS = 200;
const APPENDS_A_STREAM = 50;
const WRITERS = 50;

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
    given = await storeOnDouble({ nodes: 3, timing: { callMs: 1_000 } });
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
