import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readEsdbAddress } from '#event-store-esdb/address';
import { openEsdbStore } from '#event-store-esdb/open';
import { MAX_APPEND_BYTES, type AppendOutcome } from '#event-store/port';
import {
  IMPATIENT,
  collect,
  heard,
  idsOf,
  kept,
  newEvent,
  newEvents,
  storeOnDouble,
  writeBeside,
  type Given,
} from './given.ts';

const appended = (outcomes: readonly AppendOutcome[]) =>
  outcomes.filter(({ kind }) => kind === 'appended');

describe('an append to EventStoreDB', () => {
  let given: Given;
  beforeEach(async () => {
    given = await storeOnDouble();
  });
  afterEach(() => given.dispose());

  test('that is refused says what stands there, and never “appended at revision 1”', async () => {
    const { store } = given;
    await store.append('s', 'no_stream', newEvents(5));
    expect(await store.append('s', 2n, newEvents(1))).toEqual({
      kind: 'wrong-expected-revision',
      expected: 2n,
      actual: 4n,
    });
  });

  test('with an id that its stream has already is accepted at the exact revision', async () => {
    const { store, double } = given;
    const event = newEvent();
    await store.append('s', 'no_stream', [event]);
    expect(await store.append('s', 0n, [event])).toMatchObject({ kind: 'appended', revision: 1n });
    expect(idsOf(kept(double))).toEqual([event.id, event.id]);
  });

  test('of more than 900 KiB never reaches the server, which takes 1 MiB at most', async () => {
    const { store, double } = given;
    const sent = heard(double, 'append');
    const event = { ...newEvent(), data: { text: 'a'.repeat(MAX_APPEND_BYTES) } };
    expect(await store.append('s', 'no_stream', [event])).toMatchObject({
      kind: 'append-too-large',
      limit: MAX_APPEND_BYTES,
    });
    const next = newEvent();
    await store.append('s', 'no_stream', [next]);
    expect(await sent).toEqual([{ kind: 'append', stream: 'mingzhang.s', ids: [next.id] }]);
  });

  test('where the server does not say at which position it was written reads the position', async () => {
    const { store, double } = given;
    double.behaviour.appendAnswers = 'without position';
    const outcome = await store.append('s', 'no_stream', newEvents(3));
    expect(outcome).toEqual({ kind: 'appended', revision: 2n, position: await store.head() });
  });

  test('from a second store of the same process is not possible until the first is closed', async () => {
    const { store, double } = given;
    const address = readEsdbAddress(double.address, {});
    expect(() => openEsdbStore({ address })).toThrow('speaks to a cluster already');
    await store.close();
    const second = openEsdbStore({ address });
    expect(await second.append('s', 'no_stream', newEvents(1))).toMatchObject({ kind: 'appended' });
    await second.close();
  });
});

describe('an append whose answer does not come', () => {
  let given: Given;
  beforeEach(async () => {
    given = await storeOnDouble({ timing: IMPATIENT });
  });
  afterEach(() => given.dispose());

  test('is sent again with the same ids at the same revision, and stands in the log once', async () => {
    const { store, double } = given;
    const events = newEvents(3);
    double.behaviour.appends = 'answered late';
    const sent = heard(double, 'append', 2);
    const outcome = store.append('s', 'no_stream', events);
    await heard(double, 'append');
    double.behaviour.appends = 'answered';
    expect(await outcome).toMatchObject({ kind: 'appended', revision: 2n });
    const again = { kind: 'append', stream: 'mingzhang.s', ids: idsOf(events) };
    expect(await sent).toEqual([again, again]);
    expect(idsOf(kept(double))).toEqual(idsOf(events));
  });

  test('is told that it was appended even when its stream has moved on', async () => {
    const { store, double } = given;
    const events = newEvents(2);
    double.behaviour.appends = 'answered late';
    const outcome = store.append('s', 'no_stream', events);
    await heard(double, 'append');
    writeBeside(double, 's', 1n);
    double.behaviour.appends = 'answered';
    expect(await outcome).toMatchObject({ kind: 'appended', revision: 1n });
    expect(kept(double)).toHaveLength(3);
  });

  test('is found in the log when the server no longer knows its ids', async () => {
    const { store, double } = given;
    const events = newEvents(2);
    double.behaviour.appends = 'answered late';
    double.behaviour.repeats = 'refused';
    const outcome = store.append('s', 'no_stream', events);
    await heard(double, 'append');
    double.behaviour.appends = 'answered';
    expect(await outcome).toEqual({ kind: 'appended', revision: 1n, position: await store.head() });
    expect(idsOf(kept(double))).toEqual(idsOf(events));
  });

  test('is a conflict when somebody else has taken its place', async () => {
    const { store, double } = given;
    double.behaviour.appends = 'ignored';
    const outcome = store.append('s', 'no_stream', newEvents(2));
    await heard(double, 'append');
    writeBeside(double, 's', 'no_stream');
    double.behaviour.appends = 'answered';
    expect(await outcome).toEqual({
      kind: 'wrong-expected-revision',
      expected: 'no_stream',
      actual: 0n,
    });
    expect(kept(double)).toHaveLength(1);
  });

  test('is not called a conflict while its stream is still behind', async () => {
    const { store, double } = given;
    await store.append('s', 'no_stream', newEvents(1));
    double.behaviour.appends = 'ignored';
    const outcome = store.append('s', 2n, newEvents(1));
    await heard(double, 'append');
    double.behaviour.appends = 'answered';
    await heard(double, 'append');
    await store.append('s', 0n, newEvents(2));
    expect(await outcome).toMatchObject({ kind: 'appended', revision: 3n });
  });

  test('ends with an unknown outcome when patience is at an end', async () => {
    await given.dispose();
    given = await storeOnDouble({ timing: { callMs: 1_000, patienceMs: 1_500 } });
    given.double.behaviour.appends = 'ignored';
    expect(await given.store.append('s', 'no_stream', newEvents(1))).toMatchObject({
      kind: 'unavailable',
      outcome: 'unknown',
      reason: expect.stringContaining('did not answer'),
    });
  });

  test('because the server ran out of time is sent again', async () => {
    const { store, double } = given;
    double.behaviour.appends = 'timed out';
    const outcome = store.append('s', 'no_stream', newEvents(1));
    await heard(double, 'append', 2);
    double.behaviour.appends = 'answered';
    expect(await outcome).toMatchObject({ kind: 'appended', revision: 0n });
    expect(kept(double)).toHaveLength(1);
  });

  test('because the server is overloaded is sent again', async () => {
    const { store, double } = given;
    double.behaviour.appends = 'overloaded';
    const outcome = store.append('s', 'no_stream', newEvents(1));
    await heard(double, 'append', 2);
    double.behaviour.appends = 'answered';
    expect(await outcome).toMatchObject({ kind: 'appended', revision: 0n });
    expect(kept(double)).toHaveLength(1);
  });

  test('when the stream of all appends breaks off is sent again, as are all others, each kept once', async () => {
    const { store, double } = given;
    const events = newEvents(200);
    double.behaviour.appends = 'answered late';
    const outcomes = events.map((event, n) => store.append(`s-${n}`, 'no_stream', [event]));
    await heard(double, 'append', 15);
    double.behaviour.appends = 'answered';
    double.dropCalls();
    expect(appended(await Promise.all(outcomes))).toHaveLength(200);
    expect(idsOf(kept(double)).toSorted()).toEqual(idsOf(events).toSorted());
  });

  test('when the stream breaks off while writers wait for it does not take the process with it', async () => {
    const { store, double } = given;
    const text = 'a'.repeat(50_000);
    const events = newEvents(60).map((event) => ({ ...event, data: { text } }));
    const outcomes = events.map((event, n) => store.append(`s-${n}`, 'no_stream', [event]));
    await heard(double, 'append');
    double.dropCalls();
    expect(appended(await Promise.all(outcomes))).toHaveLength(60);
    expect(idsOf(kept(double)).toSorted()).toEqual(idsOf(events).toSorted());
  });

  test('when a read breaks off beside it is not lost with the read', async () => {
    const { store, double } = given;
    await store.append('s', 'no_stream', newEvents(1));
    double.behaviour.appends = 'answered late';
    const events = newEvents(10);
    const outcomes = events.map((event, n) => store.append(`s-${n}`, 'no_stream', [event]));
    await heard(double, 'append', 10);
    double.behaviour.reads = 'silent';
    const read = collect(store.readStream('s'));
    await heard(double, 'read');
    double.behaviour.reads = 'answered';
    double.behaviour.appends = 'answered';
    expect(await read).toHaveLength(1);
    expect(appended(await Promise.all(outcomes))).toHaveLength(10);
    expect(kept(double)).toHaveLength(11);
  });
});

describe('an append while no server is there', () => {
  test('ends as unavailable and not applied, not with the raw error of gRPC', async () => {
    const { store, double, dispose } = await storeOnDouble({ timing: { patienceMs: 200 } });
    await double.goAway();
    expect(await store.append('s', 'no_stream', newEvents(1))).toMatchObject({
      kind: 'unavailable',
      outcome: 'not-applied',
    });
    await dispose();
  });

  test('that went away after the append was sent ends as unavailable and unknown', async () => {
    const { store, double, dispose } = await storeOnDouble({ timing: { patienceMs: 200 } });
    double.behaviour.appends = 'ignored';
    const outcome = store.append('s', 'no_stream', newEvents(1));
    await heard(double, 'append');
    await double.goAway();
    expect(await outcome).toMatchObject({ kind: 'unavailable', outcome: 'unknown' });
    await dispose();
  });

  test.each([['first node'], [undefined]] as const)(
    'goes through when it comes back, though the discovery failed before (seed: %s)',
    async (seed) => {
      const { store, double, dispose } = await storeOnDouble({
        nodes: 3,
        ...(seed === undefined ? {} : { seed }),
      });
      await double.goAway();
      const outcome = store.append('s', 'no_stream', newEvents(1));
      await expect(collect(store.readAll({ limit: 0 }))).resolves.toEqual([]);
      await double.comeBack();
      expect(await outcome).toMatchObject({ kind: 'appended' });
      expect(await store.append('s', 0n, newEvents(1))).toMatchObject({ kind: 'appended' });
      await dispose();
    },
  );
});

describe('an append to a node that does not lead', () => {
  test.each([['first node'], [undefined]] as const)(
    'is followed to the leader and stands there once (seed: %s)',
    async (seed) => {
      const { store, double, dispose } = await storeOnDouble({
        nodes: 3,
        ...(seed === undefined ? {} : { seed }),
      });
      await store.append('s', 'no_stream', newEvents(1));
      double.lead(2);
      const events = newEvents(20);
      const outcomes = events.map((event, n) => store.append(`t-${n}`, 'no_stream', [event]));
      double.lead(1);
      expect(appended(await Promise.all(outcomes))).toHaveLength(20);
      expect(idsOf(kept(double)).slice(1).toSorted()).toEqual(idsOf(events).toSorted());
      await dispose();
    },
  );
});
