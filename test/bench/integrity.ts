import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { leafOfLine, lineOfTexts } from '#event-codec/event-line';
import { toEventText, type EventText } from '#event-store/event-text';
import type { NewEvent } from '#event-store/port';
import { openSqliteStore } from '#event-store-sqlite/open';
import { GroupAppender, type AppendRequest } from '#event-store-sqlite/append-group';
import { openForWriting } from '#event-store-sqlite/open-file';
import { openTreeWriter } from '#event-store-sqlite/tree-writer';
import { HOT_COLUMN_NAMES, hotColumnsOf } from '#event-codec/hot-columns';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { ownCpuUs, percentile, reduced } from './measure.ts';

const EVENTS = 100_000;
const BATCH = 1_000;
const PAIRS = reduced(15);

/** In µs: of CPU, of all threads of the process, an event. Shares are of time by the clock. */
export interface IntegrityFigures {
  /** The canonical line and its hash. */
  readonly leafUs: number;
  /** The tree over the leaves, and the rows that are kept of it. */
  readonly treeUs: number;
  /** A bulk append of the same events, leaf and tree included. */
  readonly bulkUs: number;
  /**
   * Its share of the time of the writer's thread, the slower of the two, and so of a bulk append by
   * the clock: tree, stored leaf and stored hashes, against the same appends without them.
   */
  readonly writerShare: number;
  /** How much longer a bulk append takes when the proposing thread works out each leaf twice. */
  readonly leafDelay: number;
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
  const nothing = (): void => undefined;
  const leafAgain = leavesAgain(texts);
  const delays: number[] = [];
  let bulkUs = Infinity;
  for (let pair = 0; pair < PAIRS; pair++) {
    const [plain, more] = [await bulk(events, nothing), await bulk(events, leafAgain)];
    bulkUs = Math.min(bulkUs, plain.cpuUs);
    delays.push(more.us / plain.us - 1);
  }
  const leafDelay = percentile(delays, 0.5);
  return { leafUs, treeUs, bulkUs, leafDelay, writerShare: writerShareOf(events) };
};

const writerShareOf = (events: readonly NewEvent[]): number => {
  const proved = requestsOf(events, (line) => leafOfLine(line));
  const bare = requestsOf(events, () => '');
  const shares = Array.from({ length: PAIRS }, () => {
    const without = writing(bare, () => ({ append: () => undefined }));
    return 1 - without / writing(proved, openTreeWriter);
  });
  return percentile(shares, 0.5);
};

const requestsOf = (
  events: readonly NewEvent[],
  leafOf: (line: string) => string,
): readonly AppendRequest[] =>
  Array.from({ length: EVENTS / BATCH }, (_, n) => ({
    stream: `bulk-${n}`,
    expected: 'no_stream',
    events: events.slice(0, BATCH).map((event, revision) => {
      const text = toEventText(event);
      const leaf = leafOf(lineOfTexts(`bulk-${n}`, revision, text));
      return { ...text, hotColumns: hotColumnsOf(event), leaf };
    }),
  }));

/** Milliseconds that the writer takes for appends in groups, as they come to it in bulk. */
const writing = (requests: readonly AppendRequest[], openTree: typeof openTreeWriter): number => {
  const { directory, remove } = temporaryDirectory();
  const db = openForWriting(join(directory, 'events.sqlite'), HOT_COLUMN_NAMES);
  const appender = new GroupAppender(db, HOT_COLUMN_NAMES, openTree);
  const start = performance.now();
  for (let done = 0; done < requests.length; done += 2)
    appender.append(requests.slice(done, done + 2));
  const took = performance.now() - start;
  db.close();
  remove();
  return took;
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
  const of: typeof hotColumnsOf = (event) => {
    besides();
    return hotColumnsOf(event);
  };
  const store = openSqliteStore({ directory, hotColumns: { names: HOT_COLUMN_NAMES, of } });
  const before = ownCpuUs();
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
      const before = ownCpuUs();
      run();
      return since(before);
    }),
  );

const since = (before: number): number => (ownCpuUs() - before) / EVENTS;
