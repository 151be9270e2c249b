import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { systemEvent } from '../../support/esdb-double/log.ts';
import {
  IMPATIENT,
  collect,
  eventsOf,
  heard,
  idsOf,
  newEvents,
  storeOnDouble,
  type Given,
} from './given.ts';

let given: Given;
beforeEach(async () => {
  given = await storeOnDouble({ timing: IMPATIENT });
});
afterEach(() => given.dispose());

/** Ours among events of the server and of others, as on a server in use. */
const writeAmongOthers = async (count: number): Promise<readonly string[]> => {
  const { store, double } = given;
  const events = newEvents(count);
  for (const [n, event] of events.entries()) {
    double.log.append('$users', 'any', [systemEvent('$user')]);
    await store.append(`s-${n}`, 'no_stream', [event]);
    double.log.append('others', 'any', [systemEvent('Whatever'), systemEvent('Whatever')]);
  }
  return idsOf(events);
};

describe('reading all of EventStoreDB', () => {
  test('gives no event of the server itself or of others', async () => {
    const ids = await writeAmongOthers(5);
    expect(idsOf(await collect(given.store.readAll()))).toEqual(ids);
    const [, , third] = await collect(given.store.readAll({ limit: 3 }));
    expect(third?.id).toBe(ids[2]);
  });

  test('begins with the very event whose position it is given, while a subscription begins behind it', async () => {
    const { store } = given;
    const ids = await writeAmongOthers(4);
    const [, second] = await collect(store.readAll());
    const position = second?.position ?? 0n;
    expect(idsOf(await collect(store.readAll({ from: position })))).toEqual(ids.slice(1));
    const followed = await eventsOf(store.subscribeAll({ after: position }), 2);
    expect(idsOf(followed)).toEqual(ids.slice(2));
  });

  test('goes on where it was when the connection breaks off, with nothing missing and nothing twice', async () => {
    const { store, double } = given;
    const events = newEvents(500);
    await store.append('s', 'no_stream', events);
    const seen: string[] = [];
    for await (const { id } of store.readAll()) {
      if (seen.push(id) % 100 === 0) double.dropCalls();
    }
    expect(seen).toEqual(idsOf(events));
  });

  test('at a position inside a record is refused at once', async () => {
    await given.store.append('s', 'no_stream', newEvents(2));
    const head = (await given.store.head()) ?? 0n;
    await expect(collect(given.store.readAll({ from: head - 1n }))).rejects.toMatchObject({
      fault: 'request-refused',
      message: expect.stringContaining('No record begins at this position'),
    });
  });
});

describe('a read of EventStoreDB', () => {
  test('that is not answered begins again', async () => {
    const { store, double } = given;
    await store.append('s', 'no_stream', newEvents(3));
    double.behaviour.reads = 'silent';
    const read = collect(store.readStream('s'));
    await heard(double, 'read');
    double.behaviour.reads = 'answered';
    expect(await read).toHaveLength(3);
  });

  test('that is never answered ends with a sentence', async () => {
    await given.dispose();
    given = await storeOnDouble({ timing: { callMs: 50, patienceMs: 200 } });
    given.double.behaviour.reads = 'silent';
    await expect(collect(given.store.readStream('s'))).rejects.toMatchObject({
      fault: 'unreachable',
      message: expect.stringMatching(/did not answer within \d+ ms/),
    });
  });

  test('that was cut off with its client is not taken for complete', async () => {
    const { store, double } = given;
    await store.append('s', 'no_stream', newEvents(3));
    double.behaviour.reads = 'silent';
    const reads = [collect(store.readStream('s')), collect(store.readAll()), store.head()] as const;
    await heard(double, 'read', 3);
    double.behaviour.reads = 'answered';
    double.behaviour.appends = 'timed out';
    const appending = store.append('t', 'no_stream', newEvents(1));
    await heard(double, 'append');
    double.behaviour.appends = 'answered';
    expect(await appending).toMatchObject({ kind: 'appended' });
    expect(await reads[0]).toHaveLength(3);
    expect((await reads[1]).length).toBeGreaterThanOrEqual(3);
    expect(await reads[2]).toBeGreaterThan(0n);
  });

  test('with a user who may not read ends with a sentence, at once', async () => {
    given.double.behaviour.reads = 'denied';
    await expect(collect(given.store.readAll())).rejects.toMatchObject({ fault: 'access-denied' });
  });

  test('on a server that does not say where events stand asks for a newer one', async () => {
    const { store, double } = given;
    await store.append('s', 'no_stream', newEvents(1));
    double.behaviour.streamReads = 'without position';
    await expect(collect(store.readStream('s'))).rejects.toMatchObject({ fault: 'server-too-old' });
  });

  test('that meets an event nobody of ours wrote names it', async () => {
    const { store, double } = given;
    double.log.append('mingzhang.s', 'no_stream', [systemEvent('Whatever')]);
    await expect(collect(store.readStream('s'))).rejects.toMatchObject({
      fault: 'damaged-file',
      message: expect.stringContaining('mingzhang.s'),
    });
  });
});
