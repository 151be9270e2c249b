import { setImmediate as nextTurn } from 'node:timers/promises';
import { DatabaseSync } from 'node:sqlite';
import { Subject, type Observable, type Subscription } from 'rxjs';
import type { EventStore } from '#event-store/port';
import { readDatabase, type ReadDatabase } from './read-database.ts';
import { VIEWS } from './registry.ts';
import { foldBatch } from './runner.ts';
import {
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
import type { View } from './view.ts';
import { waitUntil } from './wait-until.ts';

/** How many events were folded, of how many. */
export interface Progress {
  readonly done: number;
  readonly of: number;
}
type OnProgress = (progress: Progress) => void;

/** Where views read the log in bulk: batches of events from a position (inclusive). */
export interface ViewEventSource {
  batches(from: number, reads: View['reads']): AsyncIterable<readonly ViewEvent[]>;
}

export interface ViewsOptions {
  /** A SQLite file, made when missing; `:memory:` for views that end with the process. */
  readonly file: string;
  readonly store: EventStore;
  readonly source?: ViewEventSource;
  readonly views?: readonly View[];
}

export interface Views {
  /** For queries: the tables of every view under their plain names. */
  readonly db: ReadDatabase;
  /** The last event that every running view holds; 0 before the first. */
  position(): number;
  status(): readonly ViewStatus[];
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

/** Opens the views of a log for folding. One process at a time may; the log's writer lock sees to it. */
export const openViews = ({
  file,
  store,
  source = plainSource(store),
  views = VIEWS,
}: ViewsOptions): RunningViews => {
  const db = new DatabaseSync(file);
  db.exec(
    'PRAGMA page_size = 16384; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -98304',
  );
  prepareViewStore(db);
  const commits = new Subject<number>();
  let following: Subscription | undefined;
  let serving: readonly Generation[] = [];
  /** Generations that queries do not see yet: of new views, and of those whose version was raised. */
  let unserved = new Set<Generation>();

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
    return Math.min(...(running.length > 0 ? running : serving).map((view) => view.position));
  };

  const fold = (events: readonly ViewEvent[]): void => {
    if (events.length === 0) return;
    foldBatch(db, serving, events);
    commits.next(position());
  };

  const foldAll = async (generations: readonly Generation[], onProgress: OnProgress = ignore) => {
    const head = Number((await store.head()) ?? 0n);
    const from = Math.min(...generations.map((generation) => generation.position));
    for await (const batch of source.batches(from + 1, readsOf(generations))) {
      foldBatch(db, generations, batch);
      onProgress({ done: (batch.at(-1)?.position ?? from) - from, of: head - from });
      await nextTurn();
    }
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

/** Live events arrive one by one but in bursts; each burst becomes one commit. */
const followLog = (
  store: EventStore,
  after: number,
  fold: (events: readonly ViewEvent[]) => void,
): Subscription => {
  let burst: ViewEvent[] = [];
  return store.subscribeAll({ after: BigInt(after) }).subscribe((message) => {
    if (message.kind === 'caughtUp') return;
    if (burst.length === 0) {
      setImmediate(() => {
        const events = burst;
        burst = [];
        fold(events);
      });
    }
    burst.push(toViewEvent(message.event));
  });
};

const BATCH_EVENTS = 4_000;

const plainSource = (store: EventStore): ViewEventSource => ({
  async *batches(from) {
    let batch: ViewEvent[] = [];
    for await (const event of store.readAll({ from: BigInt(from) })) {
      batch.push(toViewEvent(event));
      if (batch.length < BATCH_EVENTS) continue;
      yield batch;
      batch = [];
    }
    if (batch.length > 0) yield batch;
  },
});

const readsOf = (generations: readonly Generation[]): View['reads'] =>
  generations.every(({ view }) => view.reads === 'movements') ? 'movements' : 'everything';

const statusOf = ({ view, generation, position, halted }: Generation): ViewStatus => ({
  name: view.name,
  version: view.version,
  generation,
  position,
  ...(halted === undefined ? {} : { halted }),
});

const ignore = (): void => undefined;
