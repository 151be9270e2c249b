import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { firstValueFrom } from 'rxjs';
import {
  IMPATIENT,
  collect,
  follow,
  heard,
  newEvents,
  storeOnDouble,
  writeBeside,
  type Given,
} from './given.ts';

describe('a subscription to EventStoreDB', () => {
  let given: Given;
  beforeEach(async () => {
    given = await storeOnDouble({ timing: IMPATIENT });
    await given.store.append('s', 'no_stream', newEvents(50));
  });
  afterEach(() => given.dispose());

  const writeMore = (count: number) => {
    for (const { id } of newEvents(count)) writeBeside(given.double, `t-${id}`, 'no_stream');
  };

  test('is taken up again after its call was dropped, with nothing missing and nothing twice', async () => {
    const { store, double } = given;
    const following = follow(store.subscribeAll());
    for (const drops of [0, 1, 2]) {
      await following.reach(50 + drops * 10);
      double.dropCalls();
      writeMore(10);
    }
    await following.reach(80);
    expect(following.events).toEqual(await collect(store.readAll()));
    following.leave();
  });

  test('is taken up again after the server has restarted', async () => {
    const { store, double } = given;
    const following = follow(store.subscribeAll());
    await following.reach(50);
    await double.restart();
    writeMore(10);
    await following.reach(60);
    expect(following.events).toEqual(await collect(store.readAll()));
    following.leave();
  });

  test('is taken up again when the server has fallen silent without ending it', async () => {
    const { store, double } = given;
    const following = follow(store.subscribeAll());
    await following.reach(50);
    double.behaviour.subscriptions = 'silent';
    writeMore(10);
    await heard(double, 'subscription');
    double.behaviour.subscriptions = 'live';
    await following.reach(60);
    expect(following.events).toEqual(await collect(store.readAll()));
    following.leave();
  });

  test('outlasts a cluster that is gone for a while', async () => {
    const { store, double } = given;
    const following = follow(store.subscribeAll());
    await following.reach(50);
    await double.goAway();
    const appending = store.append('s', 49n, newEvents(2));
    await double.comeBack();
    expect(await appending).toMatchObject({ kind: 'appended' });
    await following.reach(52);
    following.leave();
  });

  test('that is left while it connects again asks for nothing more', async () => {
    const { store, double } = given;
    const following = follow(store.subscribeAll());
    await following.reach(50);
    const subscribed: string[] = [];
    double.heard.subscribe(({ kind }) => kind === 'subscription' && subscribed.push(kind));
    double.dropCalls();
    await heard(double, 'read');
    following.leave();
    await store.append('t', 'no_stream', newEvents(1));
    await store.append('t', 0n, newEvents(1));
    expect(subscribed).toEqual([]);
  });

  test('by a user who may not read ends with a sentence', async () => {
    given.double.behaviour.reads = 'denied';
    await expect(firstValueFrom(given.store.subscribeAll())).rejects.toMatchObject({
      fault: 'access-denied',
    });
  });

  test('from a position where no event stands ends with a sentence', async () => {
    const { store } = given;
    const after = ((await store.head()) ?? 0n) - 1n;
    await expect(firstValueFrom(store.subscribeAll({ after }))).rejects.toMatchObject({
      fault: 'request-refused',
    });
  });
});
