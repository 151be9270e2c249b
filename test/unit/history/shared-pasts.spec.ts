import { beforeEach, describe, expect, test } from '@jest/globals';
import { sharePasts, type SharedPasts } from '#history/as-of/shared-pasts';
import type { RunningViews } from '#projections/engine/running-views';

/** Pasts that say when they are folded and closed; a fold ends when the test says so. */
let pasts: SharedPasts;
let folding: { readonly position: number; readonly end: () => void; readonly fail: () => void }[];
let closed: number[];

beforeEach(() => {
  folding = [];
  closed = [];
  pasts = sharePasts((_views, { position }) => {
    const { promise, resolve, reject } = Promise.withResolvers<RunningViews>();
    const close = () => Promise.resolve(void closed.push(position));
    folding.push({
      position,
      end: () => resolve({ close } as RunningViews),
      fail: () => reject(new Error('no room')),
    });
    return promise;
  });
});

const turn = () => new Promise((resolve) => setImmediate(resolve));

/** Folds whatever is asked for until nothing more is. */
const foldAll = async (): Promise<void> => {
  for (let ended = 0; ended < folding.length; await turn()) {
    for (; ended < folding.length; ended += 1) folding[ended]?.end();
  }
};

const ask = (position: number, read: () => unknown = () => position) =>
  pasts.read({ position, day: 0 }, [], read);

describe('views of the past that many ask for at once', () => {
  test('two are folded at a time, the others in their turn', async () => {
    const answers = Promise.all([1, 2, 3, 4, 5].map((position) => ask(position)));
    await turn();
    expect(folding.map(({ position }) => position)).toEqual([1, 2]);
    folding[0]?.end();
    await turn();
    expect(folding.map(({ position }) => position)).toEqual([1, 2, 3]);
    await foldAll();
    expect(await answers).toEqual([1, 2, 3, 4, 5]);
  });

  test('one point is folded once, whoever asks while it is open', async () => {
    const answers = Promise.all([ask(7), ask(7), ask(7)]);
    await turn();
    await foldAll();
    await answers;
    await ask(7);
    expect(folding).toHaveLength(1);
  });

  test('what is read stays open until the read has ended, however many others are asked for', async () => {
    const { promise, resolve } = Promise.withResolvers<string>();
    const long = ask(1, () => promise);
    const others = Promise.all([2, 3, 4, 5, 6, 7, 8].map((position) => ask(position)));
    await turn();
    await foldAll();
    await others;
    expect(closed).not.toContain(1);
    resolve('read');
    expect(await long).toBe('read');
    await pasts.close();
    expect(closed.toSorted()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  test('four that nothing reads stay open, those that were asked for last', async () => {
    const answers = Promise.all([1, 2, 3, 4, 5, 6].map((position) => ask(position)));
    await turn();
    await foldAll();
    await answers;
    expect(closed).toEqual([1, 2]);
  });

  test('one that could not be folded is tried anew', async () => {
    const failing = ask(1);
    await turn();
    folding[0]?.fail();
    await expect(failing).rejects.toThrow('no room');
    const again = ask(1);
    await turn();
    folding[1]?.end();
    expect(await again).toBe(1);
  });

  test('what is read while the ledger closes is closed after it', async () => {
    const { promise, resolve } = Promise.withResolvers<string>();
    const long = ask(1, () => promise);
    await turn();
    await foldAll();
    await pasts.close();
    expect(closed).toEqual([]);
    resolve('read');
    await long;
    expect(closed).toEqual([1]);
  });
});
