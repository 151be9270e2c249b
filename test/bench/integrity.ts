import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { leafOfLine, lineOfTexts } from '#event-store/event-line';
import { toEventText } from '#event-store/judge-append';
import type { NewEvent } from '#event-store/port';
import { openSqliteStore } from '#event-store-sqlite/open';
import { openTreeWriter } from '#event-store-sqlite/tree-writer';
import { FACET_NAMES, facetsOf } from '#projections/view-event';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const EVENTS = 100_000;
const BATCH = 1_000;

/** Microseconds of CPU an event, of all threads of the process. */
export interface IntegrityFigures {
  /** The canonical line and its hash. */
  readonly leafUs: number;
  /** The tree over the leaves, and the rows that are kept of it. */
  readonly treeUs: number;
  /** A bulk append of the same events, leaf and tree included. */
  readonly bulkUs: number;
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
  return { leafUs, treeUs: leastOf(() => growTree(leaves)), bulkUs: await bulk(events) };
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

const bulk = async (events: readonly NewEvent[]): Promise<number> => {
  const { directory, remove } = temporaryDirectory();
  const store = openSqliteStore({ directory, facets: { names: FACET_NAMES, of: facetsOf } });
  const before = process.cpuUsage();
  await Promise.all(
    Array.from({ length: EVENTS / BATCH }, (_, n) =>
      store.append(`bulk-${n}`, 'no_stream', events.slice(0, BATCH)),
    ),
  );
  const spent = since(before);
  await store.close();
  remove();
  return spent;
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
