import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { firstValueFrom, timer } from 'rxjs';
import { concatMap, filter } from 'rxjs/operators';
import { openSqliteStore } from '#event-store-sqlite/open';
import { openCopiedStore, type CopiedStore } from '#event-store/copy/copied-store';
import type { LogCopy } from '#event-store/copy/log-copy';
import { openMemoryStore } from '#event-store/memory-store';
import type { EventStore, Position } from '#event-store/port';
import { newEvent } from './event-store-contract.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const TIMING = { patienceMs: 3_000, probeMs: 10, pauseMs: 10 };
/** For what never comes: whatever does come is given the time above. */
const SHORT_MS = 100;

/** A log that can be replaced under those who follow it, as when a cluster is restored. */
const delegating = (to: () => EventStore): EventStore => ({
  isShared: true,
  append: (...request) => to().append(...request),
  readStream: (...request) => to().readStream(...request),
  readAll: (options) => to().readAll(options),
  subscribeAll: (options) => to().subscribeAll(options),
  head: () => to().head(),
  close: () => to().close(),
});

describe('a copy of a log', () => {
  let origin: EventStore;
  let copy: LogCopy;
  let store: CopiedStore;
  let timing: { -readonly [Name in keyof typeof TIMING]: number };
  let through: Position | undefined;
  let isFull: boolean;
  let remove: () => void;

  beforeEach(() => {
    const temporary = temporaryDirectory();
    ({ remove } = temporary);
    origin = openMemoryStore();
    const log = openSqliteStore({ directory: temporary.directory });
    isFull = false;
    through = undefined;
    copy = {
      ...log,
      copiedThrough: () => Promise.resolve(through),
      appendReplicated: async (events) => {
        if (isFull) return { kind: 'unavailable', outcome: 'not-applied', reason: 'disk full' };
        const outcome = await log.appendReplicated(events);
        if (outcome.kind === 'appended') through = events.at(-1)?.position;
        return outcome;
      },
    };
    timing = { ...TIMING };
    store = openCopiedStore({ origin, copy, timing });
  });
  afterEach(async () => {
    await store.close();
    remove();
  });

  const until = (condition: () => boolean | Promise<boolean>) =>
    firstValueFrom(
      timer(0, 5).pipe(
        concatMap(async () => condition()),
        filter(Boolean),
      ),
    );

  test('gives each event its number in the log, wherever it stood there', async () => {
    await origin.append('a', 'no_stream', [newEvent(1), newEvent(2)]);
    await store.catchUp();
    store.follow();
    expect(await store.append('b', 'no_stream', [newEvent(3)])).toEqual({
      kind: 'appended',
      revision: 0n,
      position: 3n,
    });
  });

  test('that cannot be written says why, leaves writers in no doubt, and goes on when it can', async () => {
    await store.catchUp();
    store.follow();
    isFull = true;
    timing.patienceMs = SHORT_MS;
    const event = newEvent(1);
    expect(await store.append('a', 'no_stream', [event])).toMatchObject({
      kind: 'unavailable',
      outcome: 'unknown',
    });
    await until(() => store.replicationLag().fault !== undefined);
    expect(store.replicationLag().fault).toMatch(/disk full/);
    isFull = false;
    timing.patienceMs = TIMING.patienceMs;
    await until(() => store.replicationLag().fault === undefined);
    expect(await store.append('a', 'no_stream', [event])).toMatchObject({ kind: 'appended' });
    expect(await store.head()).toBe(1n);
  });

  test('says how long ago it was level, and that it never was before it has caught up', async () => {
    await origin.append('a', 'no_stream', [newEvent(1)]);
    expect(store.replicationLag().lagMs).toBe(Infinity);
    await store.catchUp();
    store.follow();
    isFull = true;
    await origin.append('a', 0n, [newEvent(2)]);
    await until(() => store.replicationLag().lagMs > 50);
    isFull = false;
    await until(() => store.replicationLag().lagMs < 50);
    expect(await store.head()).toBe(2n);
  });

  test.each([
    ['lacks the newest event of the copy', 0],
    ['has another one in its place', 1],
  ])('is not gone on with when the log %s', async (_, events) => {
    await origin.append('a', 'no_stream', [newEvent(1)]);
    await store.catchUp();
    const restored = openMemoryStore();
    for (let n = 0; n < events; n++) await restored.append('a', 'no_stream', [newEvent(1)]);
    const again = openCopiedStore({ origin: restored, copy, timing: TIMING });
    await expect(again.catchUp()).rejects.toMatchObject({ fault: 'copy-differs' });
    again.follow();
    await until(() => again.replicationLag().fault !== undefined);
    await restored.append('b', 'no_stream', [newEvent(2)]);
    expect(await copy.head()).toBe(1n);
  });

  test.each([
    ['lost its newest event', []],
    ['has another one in its place', [newEvent(1), newEvent(9)]],
  ])('decides nothing any more once the log under it %s', async (_, events) => {
    let behind = openMemoryStore();
    const live = openCopiedStore({ origin: delegating(() => behind), copy, timing: TIMING });
    await live.catchUp();
    live.follow();
    await live.append('a', 'no_stream', [newEvent(1), newEvent(2)]);
    behind = openMemoryStore();
    if (events.length > 0) await behind.append('a', 'no_stream', events);
    await until(() => live.replicationLag().fault !== undefined);
    expect(await live.append('b', 'no_stream', [newEvent(3)])).toMatchObject({
      kind: 'unavailable',
      outcome: 'not-applied',
    });
    const read = async () => {
      for await (const event of live.readStream('a')) return event;
      return undefined;
    };
    await expect(read()).rejects.toMatchObject({ fault: 'copy-differs' });
    const written = [];
    for await (const { stream } of behind.readAll()) written.push(stream);
    expect(written).not.toContain('b');
  });

  test('answers a stream only when it holds what the log has of it', async () => {
    await store.catchUp();
    store.follow();
    isFull = true;
    timing.patienceMs = SHORT_MS;
    await origin.append('a', 'no_stream', [newEvent(1)]);
    const read = async () => {
      for await (const event of store.readStream('a')) return event.revision;
      return undefined;
    };
    await expect(read()).rejects.toMatchObject({ fault: 'unreachable' });
    isFull = false;
    timing.patienceMs = TIMING.patienceMs;
    await until(async () => (await store.head()) === 1n);
    expect(await read()).toBe(0n);
  });

  test('does not take the ids of one event for those of another', async () => {
    await store.catchUp();
    store.follow();
    const event = newEvent(1);
    await origin.append('a', 'no_stream', [event]);
    expect(await store.append('a', 'no_stream', [event])).toMatchObject({ kind: 'appended' });
    const other = { ...event, data: { number: 2 } };
    expect(await store.append('a', 'no_stream', [other])).toEqual({
      kind: 'wrong-expected-revision',
      expected: 'no_stream',
      actual: 0n,
    });
  });
});
