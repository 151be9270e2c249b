import { setImmediate as nextTurn } from 'node:timers/promises';
import { DatabaseSync } from 'node:sqlite';
import { isNativeError } from 'node:util/types';
import { Subject, type Observable, type Subscription } from 'rxjs';
import type { EventStore } from '#event-store/port';
import type { EventType } from '#ledger/event-types';
import { readDatabase, type ReadDatabase } from './read-database.ts';
import { VIEWS } from '../registry.ts';
import { commitFolded, foldEvents, unwrittenRows } from './runner.ts';
import {
  createCommit,
  digestOf,
  newGeneration,
  openGeneration,
  prepareViewStore,
  serveGeneration,
  servingGeneration,
  type Generation,
  type ViewStatus,
} from './view-store.ts';
import { toViewEvent, type ViewEvent } from './view-event.ts';
import type { Reads, View } from './view.ts';
import { waitUntil } from './wait-until.ts';

/** How many events were folded, of how many. */
export interface Progress {
  readonly done: number;
  readonly of: number;
}
type OnProgress = (progress: Progress) => void;

/** Where views read the log in bulk, from a position (inclusive). */
export interface ViewEventSource {
  batches(from: number, reads: Reads): AsyncIterable<ViewEventBatch>;
}

/** Events in the order of the log: all that a fold needs up to `through`. */
export interface ViewEventBatch {
  readonly events: readonly ViewEvent[];
  readonly through: number;
}

export interface ViewsOptions {
  /** A SQLite file, made when missing; `:memory:` for views that end with the process. */
  readonly file: string;
  readonly store: EventStore;
  readonly source?: ViewEventSource;
  readonly views?: readonly View[];
  /** Pages of the file that are held in memory. */
  readonly cacheMb?: number;
}

export interface Views {
  /** For queries: the tables of every view under their plain names. */
  readonly db: ReadDatabase;
  /** The last event that every running view holds; 0 before the first. */
  position(): number;
  status(): readonly ViewStatus[];
  /** Why what was folded cannot be written just now, such as a full disk; it is tried again and again. */
  stalled(): string | undefined;
  /** A position for each commit. */
  readonly commits: Observable<number>;
  /** True once the views hold a position, false when they do not in time. */
  waitFor(position: number, timeoutMs: number): Promise<boolean>;
  close(): Promise<void>;
}

export interface RunningViews extends Views {
  /** Folds everything that is in the log now. */
  catchUp(onProgress?: OnProgress): Promise<void>;
  /** Folds whatever is recorded from now on. */
  follow(): void;
  /** Builds a view (or all) anew beside the one that serves, and switches when it has caught up. */
  rebuild(name?: string, onProgress?: OnProgress): Promise<void>;
  /** A digest of each view's rows. */
  digest(): Readonly<Record<string, string>>;
}

/** While views catch up: the more rows a commit has, the fewer of them are written again and again. */
const ROWS_OF_A_COMMIT = 100_000;

/** Opens the views of a log for folding. One process at a time may; the log's writer lock sees to it. */
export const openViews = ({
  file,
  store,
  source = viewEventsOf(store),
  views = VIEWS,
  cacheMb = 64,
}: ViewsOptions): RunningViews => {
  const db = new DatabaseSync(file);
  db.exec(`PRAGMA page_size = 4096; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
    PRAGMA cache_size = ${-1024 * cacheMb}`);
  prepareViewStore(db);
  const commit = createCommit(db);
  const commits = new Subject<number>();
  let following: Subscription | undefined;
  let serving: readonly Generation[] = [];
  /** Generations that queries do not see yet: of new views, and of those whose version was raised. */
  let unserved = new Set<Generation>();
  let stalled: string | undefined;
  let retry: NodeJS.Timeout | undefined;

  const start = (view: View): Generation => {
    const row = servingGeneration(db, view);
    if (row?.version === view.version) return openGeneration(db, view, row);
    const fresh = newGeneration(db, view);
    unserved.add(fresh);
    return fresh;
  };
  serving = views.map(start);

  const position = (): number => {
    const running = serving.filter(({ halted }) => halted === undefined);
    return Math.min(...(running.length > 0 ? running : serving).map((view) => view.committed));
  };

  const fold = (events: readonly ViewEvent[]): void => {
    const through = events.at(-1)?.position;
    if (through === undefined) return;
    foldEvents(serving, events, through);
    commitLive();
  };

  /** The log has every event, so nothing is lost while the disk is full: rows wait in memory. */
  const commitLive = (): void => {
    clearTimeout(retry);
    try {
      commitFolded(commit, serving);
      stalled = undefined;
      commits.next(position());
    } catch (error) {
      if (!passes(error)) throw error;
      stalled = error.message;
      retry = setTimeout(commitLive, RETRY_AFTER_MS).unref();
    }
  };

  const foldAll = async (generations: readonly Generation[], onProgress: OnProgress = ignore) => {
    const head = Number((await store.head()) ?? 0n);
    const from = Math.min(...generations.map((generation) => generation.position));
    for await (const { events, through } of source.batches(from + 1, readsOf(generations))) {
      foldEvents(generations, events, through);
      if (unwrittenRows(generations) >= ROWS_OF_A_COMMIT) commitFolded(commit, generations);
      onProgress({ done: through - from, of: head - from });
      await nextTurn();
    }
    commitFolded(commit, generations);
  };

  const rebuildOne = async (index: number, onProgress: OnProgress | undefined): Promise<void> => {
    const live = serving[index];
    if (live === undefined) return;
    const fresh = newGeneration(db, live.view);
    do await foldAll([fresh], onProgress);
    while (fresh.halted === undefined && fresh.position < live.position);
    serveGeneration(db, fresh);
    serving = serving.with(index, fresh);
  };

  return {
    db: readDatabase(db),
    commits,
    position,
    status: () => serving.map(statusOf),
    stalled: () => stalled,
    catchUp: async (onProgress) => {
      if (!(await isOfLog(db, store, position()))) {
        serving = views.map((view) => newGeneration(db, view));
        unserved = new Set(serving);
      }
      await foldAll(serving, onProgress);
      for (const generation of unserved) serveGeneration(db, generation);
      unserved.clear();
    },
    follow: () => {
      following ??= followLog(store, position(), fold);
    },
    rebuild: async (name, onProgress) => {
      for (const [index, { view }] of serving.entries()) {
        if (name === undefined || view.name === name) await rebuildOne(index, onProgress);
      }
    },
    digest: () => Object.fromEntries(serving.map((one) => [one.view.name, digestOf(db, one)])),
    waitFor: (wanted, timeoutMs) => waitUntil(() => position() >= wanted, commits, timeoutMs),
    close: () => {
      following?.unsubscribe();
      clearTimeout(retry);
      commits.complete();
      if (db.isOpen) db.close();
      return Promise.resolve();
    },
  };
};

/**
 * Whether the views were folded from this log: they remember its first event, and cannot have seen
 * more than it holds. Views of another log, or of one restored from a backup, are built anew.
 */
const isOfLog = async (db: DatabaseSync, store: EventStore, seen: number): Promise<boolean> => {
  const known = db.prepare('SELECT first_event FROM ledger_identity').get()?.['first_event'];
  let first: string | undefined;
  for await (const event of store.readAll({ limit: 1 })) first = event.id;
  if (first !== undefined && known !== first) {
    db.exec('DELETE FROM ledger_identity');
    db.prepare('INSERT INTO ledger_identity VALUES (?)').run(first);
  }
  if (known === undefined) return true;
  return known === first && BigInt(seen) <= ((await store.head()) ?? 0n);
};

const RETRY_AFTER_MS = 500;

/** Primary codes of SQLite for what passes: somebody else writes the file (5), the disk errs (10) or is full (13). */
const PASSING: readonly number[] = [5, 10, 13];

const passes = (error: unknown): error is Error =>
  isNativeError(error) && 'errcode' in error && PASSING.includes(Number(error.errcode) & 0xff);

/** The least time between two commits of live events: commits cost more than the events in them. */
const COMMIT_EVERY_MS = 2;

/** Live events arrive in bursts; the first is folded at once, then all that came in a few milliseconds. */
const followLog = (
  store: EventStore,
  after: number,
  fold: (events: readonly ViewEvent[]) => void,
): Subscription => {
  let burst: ViewEvent[] = [];
  let foldedAt = 0;
  const foldBurst = () => {
    const events = burst;
    burst = [];
    fold(events);
    foldedAt = performance.now();
  };
  const subscription = store.subscribeAll({ after: BigInt(after) }).subscribe((message) => {
    if (message.kind === 'caughtUp') return;
    burst.push(toViewEvent(message.event));
    if (burst.length > 1) return;
    const restMs = foldedAt + COMMIT_EVERY_MS - performance.now();
    if (restMs <= 0) setImmediate(foldBurst);
    else setTimeout(foldBurst, restMs);
  });
  // What nobody has folded by then is folded at the next start.
  subscription.add(() => (burst = []));
  return subscription;
};

const BATCH_EVENTS = 4_000;

/** The events of any store, as a view sees them. */
export const viewEventsOf = (store: EventStore): ViewEventSource => ({
  async *batches(from, reads) {
    let events: ViewEvent[] = [];
    let through = from - 1;
    for await (const event of store.readAll({ from: BigInt(from) })) {
      const seen = toViewEvent(event);
      if (isRead(seen, reads)) events.push(seen);
      through = Number(event.position);
      if (events.length < BATCH_EVENTS) continue;
      yield { events, through };
      events = [];
    }
    if (through >= from) yield { events, through };
  },
});

/** What a bulk reader need not show, no reader shows: so a view that forgot a type is found out. */
const isRead = ({ type, transfer }: ViewEvent, reads: Reads): boolean =>
  reads === 'everything' || transfer !== undefined || reads.includes(type);

const readsOf = (generations: readonly Generation[]): Reads => {
  const types = new Set<EventType>();
  for (const { view } of generations) {
    if (view.reads === 'everything') return 'everything';
    for (const type of view.reads) types.add(type);
  }
  return [...types];
};

const statusOf = ({ view, generation, committed, halted }: Generation): ViewStatus => ({
  name: view.name,
  version: view.version,
  generation,
  position: committed,
  ...(halted === undefined ? {} : { halted }),
});

const ignore = (): void => undefined;
