import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { eventLine } from '#event-codec/event-line';
import type { NewEvent } from '#event-store/port';
import { openSqliteStore, type SqliteStore } from '#event-store-sqlite/open';
import { SHA_256 } from '#integrity/hash';
import { appendLeaf, NO_LEAVES, rootAt, rootOf, type Frontier } from '#integrity/tree';
import { inCampaign } from '../support/property.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { newEvent } from './event-store-contract.ts';

describe('the tree of the SQLite store', () => {
  let directory: string;
  let remove: () => void;
  let store: SqliteStore;
  beforeEach(() => {
    ({ directory, remove } = temporaryDirectory());
    store = openSqliteStore({ directory });
  });
  afterEach(async () => {
    await store.close();
    remove();
  });

  const append = async (stream: string, events: readonly NewEvent[]): Promise<void> => {
    const revision = await revisionOf(stream);
    const outcome = await store.append(stream, revision, events);
    expect(outcome.kind).toBe('appended');
  };
  const revisionOf = async (stream: string) => {
    for await (const { revision } of store.readStream(stream, { direction: 'backwards', limit: 1 }))
      return revision;
    return 'no_stream';
  };
  const events = (count: number) => Array.from({ length: count }, (_, n) => newEvent(n));

  /** Roots at every size, from the lines of the events alone. */
  const roots = async (): Promise<readonly string[]> => {
    let frontier: Frontier = NO_LEAVES;
    const found = [rootOf(frontier)];
    for await (const event of store.readAll()) {
      ({ frontier } = appendLeaf(frontier, SHA_256.leaf(Buffer.from(eventLine(event)))));
      found.push(rootOf(frontier));
    }
    return found;
  };

  const expectRoots = async (sizes: readonly number[]): Promise<void> => {
    const expected = await roots();
    for (const size of sizes) expect(rootAt(size, store.tree)).toBe(expected[size]);
  };

  test('is the tree over the lines of the events, at every size', async () => {
    await append('a', events(3));
    await append('b', events(700));
    await append('a', events(7));
    await expectRoots(Array.from({ length: 711 }, (_, n) => n));
  });

  test('goes on where it stopped, also at the edges of its tiles', async () => {
    for (const count of [255, 1, 1, 254, 1]) {
      await append('a', events(count));
      await store.close();
      store = openSqliteStore({ directory });
    }
    await append('b', events(2));
    await expectRoots([255, 256, 257, 511, 512, 514]);
  });

  inCampaign('is over 65,536 events what it is over fewer', async () => {
    for (let batch = 0; batch < 17; batch++) await append('a', events(4_000));
    await store.close();
    store = openSqliteStore({ directory });
    await append('a', events(10));
    await expectRoots([65_535, 65_536, 65_537, 68_010]);
  });

  test('does not count what was not appended', async () => {
    await append('a', events(2));
    await store.append('a', 'no_stream', events(300));
    await append('a', events(2));
    await expectRoots([2, 4]);
  });
});
