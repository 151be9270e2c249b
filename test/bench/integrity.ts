import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { leafOfLine, lineOfTexts } from '#event-store/event-line';
import { toEventText, type EventText } from '#event-store/judge-append';
import type { NewEvent } from '#event-store/port';
import { openSqliteStore } from '#event-store-sqlite/open';
import { openTreeWriter } from '#event-store-sqlite/tree-writer';
import { FACET_NAMES, facetsOf } from '#projections/view-event';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { percentile } from './measure.ts';

const EVENTS = 100_000;
const BATCH = 1_000;
const PAIRS = 15;

/** Microseconds of CPU an event, of all threads of the process. */
export interface IntegrityFigures {
  /** The canonical line and its hash. */
  readonly leafUs: number;
  /** The tree over the leaves, and the rows that are kept of it. */
  readonly treeUs: number;
  /** A bulk append of the same events, leaf and tree included. */
  readonly bulkUs: number;
  /**
   * Its share of the time that a bulk append takes by the clock. The writer's thread is the slower
   * one, and the tree is its work: all of that counts. The leaf is worked out in the proposing
   * thread beside it: of that counts how much longer the append takes when it is done twice, the
   * median of pairs of runs.
   */
  readonly shareOfTime: number;
}

export const benchIntegrity = async (events: readonly NewEvent[]): Promise<IntegrityFigures> => {
  const texts = events.map(toEventText);
  const leaves: string[] = [];
  const leafUs = leastOf(() => {
    leaves.length = 0;
    for (let n = 0; n < EVENTS; n++) {
      const text = texts[n % texts.length];
      if (text !== undefined) leaves.push(leafOfLine(lineOfTexts(`bulk-${n}`, n, text)));
    }
  });
  const treeUs = leastOf(() => growTree(leaves));
  const once = (): void => undefined;
  const twice = leavesAgain(texts);
  const [times, delays]: [number[], number[]] = [[], []];
  let bulkUs = Infinity;
  for (let pair = 0; pair < PAIRS; pair++) {
    const [plain, more] = [await bulk(events, once), await bulk(events, twice)];
    bulkUs = Math.min(bulkUs, plain.cpuUs);
    times.push(plain.us);
    delays.push(more.us / plain.us - 1);
  }
  const shareOfTime = treeUs / percentile(times, 0.5) + Math.max(0, percentile(delays, 0.5));
  return { leafUs, treeUs, bulkUs, shareOfTime };
};

/** Works out the leaf of the next event of a bulk append. */
const leavesAgain = (texts: readonly EventText[]): (() => void) => {
  let n = 0;
  return () => {
    const text = texts[n % texts.length];
    if (text !== undefined) leafOfLine(lineOfTexts('bulk-0', n++, text));
  };
};

const growTree = (leaves: readonly string[]): void => {
  const { directory, remove } = temporaryDirectory();
  const db = new DatabaseSync(join(directory, 'tree.sqlite'));
  db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
    CREATE TABLE event (position INTEGER PRIMARY KEY, leaf BLOB) STRICT;
    CREATE TABLE subtree (level INTEGER, number INTEGER, hash BLOB, PRIMARY KEY (level, number)) STRICT`);
  const tree = openTreeWriter(db);
  for (let done = 0; done < leaves.length; done += BATCH) {
    db.exec('BEGIN IMMEDIATE');
    for (const leaf of leaves.slice(done, done + BATCH)) tree.append(leaf);
    db.exec('COMMIT');
  }
  db.close();
  remove();
};

const bulk = async (
  events: readonly NewEvent[],
  besides: () => void,
): Promise<{ readonly us: number; readonly cpuUs: number }> => {
  const { directory, remove } = temporaryDirectory();
  const of: typeof facetsOf = (event) => {
    besides();
    return facetsOf(event);
  };
  const store = openSqliteStore({ directory, facets: { names: FACET_NAMES, of } });
  const before = process.cpuUsage();
  const start = performance.now();
  await Promise.all(
    Array.from({ length: EVENTS / BATCH }, (_, n) =>
      store.append(`bulk-${n}`, 'no_stream', events.slice(0, BATCH)),
    ),
  );
  const us = ((performance.now() - start) * 1000) / EVENTS;
  const cpuUs = since(before);
  await store.close();
  remove();
  return { us, cpuUs };
};

const leastOf = (run: () => void): number =>
  Math.min(
    ...[1, 2, 3].map(() => {
      const before = process.cpuUsage();
      run();
      return since(before);
    }),
  );

const since = (before: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / EVENTS;
};
