import { join } from 'node:path';
import { Subject } from 'rxjs';
import type { AppendsReplicated } from '#event-store/copy/log-copy';
import type { Inspection } from '#event-store/inspection';
import type { AppendOutcome, EventStore } from '#event-store/port';
import { startAppender } from './append.ts';
import type { HashReader } from '#integrity/subtrees';
import { checkHotColumnNames, NO_HOT_COLUMNS, type HotColumns } from './hot-columns.ts';
import { inspectFile } from './inspect.ts';
import { makeDirectory } from '#files/make-directory';
import { openForReading, openForWriting } from './open-file.ts';
import { createReader } from './read.ts';
import { createTreeReader } from './tree-reader.ts';
import { createStoredReader, type ReadStoredEvents } from './read-stored.ts';
import { subscribeTo } from './subscribe.ts';
import { watchCommits } from './watch-commits.ts';
import { lockForWriting } from './writer-lock.ts';

export interface SqliteStoreOptions {
  /** Holds `events.sqlite` and its lock; made when missing. */
  readonly directory: string;
  readonly hotColumns?: HotColumns;
  /** Reads beside a writer in another process; appends are refused. */
  readonly readOnly?: boolean;
  /** For tests of a full disk: the most pages the file may have. */
  readonly maxPages?: number;
}

/** The port, and what this store can do besides. */
export interface SqliteStore extends EventStore, AppendsReplicated {
  /** The Merkle tree over all events, leaf n being the event at position n + 1. */
  readonly tree: HashReader;
  readonly readStored: ReadStoredEvents;
  /** The file itself, to be verified: nothing that is in it is believed. */
  readonly inspect: () => Inspection;
}

/** Opens the log in a directory. Throws `StoreUnusable` with a sentence when it cannot be. */
export const openSqliteStore = (options: SqliteStoreOptions): SqliteStore =>
  options.readOnly === true ? openReader(options) : openWriter(options);

const openWriter = ({
  directory,
  hotColumns = NO_HOT_COLUMNS,
  maxPages,
}: SqliteStoreOptions): SqliteStore => {
  checkHotColumnNames(hotColumns);
  makeDirectory(directory);
  const lock = lockForWriting(directory);
  const file = join(directory, 'events.sqlite');
  const setting = {
    file,
    hotColumnNames: hotColumns.names,
    ...(maxPages === undefined ? {} : { maxPages }),
  };
  try {
    openForWriting(file, hotColumns.names).close();
    const db = openForReading(file, hotColumns.names);
    const reader = createReader(db);
    const commits = new Subject<void>();
    const appender = startAppender(setting, hotColumns, () => commits.next());
    return {
      ...reading(reader, commits),
      readStored: createStoredReader(db, hotColumns.names),
      tree: createTreeReader(db),
      inspect: () => inspectFile(file, hotColumns.names),
      append: appender.append,
      appendReplicated: appender.appendReplicated,
      close: once(async () => {
        commits.complete();
        db.close();
        // Last, because the last connection to leave folds the write-ahead log into the file.
        await appender.close();
        lock.release();
      }),
    };
  } catch (error) {
    lock.release();
    throw error;
  }
};

const openReader = ({
  directory,
  hotColumns = NO_HOT_COLUMNS,
}: SqliteStoreOptions): SqliteStore => {
  const file = join(directory, 'events.sqlite');
  const db = openForReading(file, hotColumns.names);
  const commits = new Subject<void>();
  const watch = watchCommits(db, commits);
  return {
    ...reading(createReader(db), commits),
    readStored: createStoredReader(db, hotColumns.names),
    tree: createTreeReader(db),
    inspect: () => inspectFile(file, hotColumns.names),
    append: refuse,
    appendReplicated: refuse,
    close: once(() => {
      watch.stop();
      commits.complete();
      db.close();
      return Promise.resolve();
    }),
  };
};

const refuse = (): Promise<AppendOutcome> =>
  Promise.resolve({ kind: 'access-denied', reason: 'This store was opened for reading only.' });

const reading = (reader: ReturnType<typeof createReader>, commits: Subject<void>) => ({
  isShared: false,
  readStream: reader.readStream,
  readAll: reader.readAll,
  head: () => Promise.resolve(reader.head()),
  subscribeAll: (options?: Parameters<EventStore['subscribeAll']>[0]) =>
    subscribeTo(reader, commits, options),
});

/** Closing twice is closing once. */
const once = (close: () => Promise<void>) => {
  let closing: Promise<void> | undefined;
  return () => (closing ??= close());
};
