import { setImmediate as nextTurn } from 'node:timers/promises';
import { DatabaseSync } from 'node:sqlite';
import { isNativeError } from 'node:util/types';
import { Subject, type Observable, type Subscription } from 'rxjs';
import type { EventStore, RecordedEvent } from '#event-store/port';
import type { EventType } from '#ledger/event-types';
import type { ViewEventSource } from './event-source.ts';
import { foldedAt, foldedThrough, isOfLog } from './folded-log.ts';
import { followLog } from './follow-log.ts';
import {
  createCommit,
  digestOf,
  foldedIn,
  isCurrent,
  newGeneration,
  openGeneration,
  prepareViewStore,
  serveGeneration,
  servingGeneration,
  type CommitGenerations,
  type Folded,
  type Generation,
  type Halt,
  type ViewStatus,
} from './generation.ts';
import { readDatabase, type ReadDatabase } from './read-database.ts';
import { commitFolded, foldEvents, unwrittenRows, type Invariant } from './runner.ts';
import type { ViewEvent } from './view-event.ts';
import type { Reads, View } from './view.ts';
import { waitUntil } from './wait-until.ts';

/** How many events were folded, of how many. */
export interface Progress {
  readonly done: number;
  readonly of: number;
}
type OnProgress = (progress: Progress) => void;

export interface RunningViewsOptions {
  /** A SQLite file, made when missing; `:memory:` for views that end with the process. */
  readonly file: string;
  readonly store: EventStore;
  readonly source: ViewEventSource;
  readonly views: readonly View[];
  /** Checked before every commit. */
  readonly invariant: Invariant;
  /** Pages of the file that are cached in memory, in MB. */
  readonly cacheMb: number;
}

export interface Views {
  /** For queries: the tables of every view under their plain names. */
  readonly db: ReadDatabase;
  /** The last event that every running view has folded; 0 before the first. */
  position(): number;
  status(): readonly ViewStatus[];
  /** The first view that is halted. */
  halted(): { readonly view: string; readonly halt: Halt } | undefined;
  /** Why what was folded cannot be written just now, such as a full disk; it is tried again and again. */
  stalled(): string | undefined;
  /** A position for each commit. */
  readonly commits: Observable<number>;
  /** True once the views have folded a position, false when they have not in time. */
  waitFor(position: number, timeoutMs: number): Promise<boolean>;
  close(): Promise<void>;
}

/** While views catch up: the more rows a commit has, the fewer of them are written again and again. */
const ROWS_OF_A_COMMIT = 100_000;

const RETRY_AFTER_MS = 500;

/** The views of a log while they are folded. One process at a time may; the log's writer lock sees to it. */
export class RunningViews implements Views {
  readonly db: ReadDatabase;
  readonly commits: Observable<number>;
  readonly #database: DatabaseSync;
  readonly #store: EventStore;
  readonly #source: ViewEventSource;
  readonly #views: readonly View[];
  readonly #invariant: Invariant;
  readonly #commit: CommitGenerations;
  readonly #commits = new Subject<number>();
  #serving: readonly Generation[];
  /** Generations that queries do not see yet: of new views, and of those whose version was raised. */
  #unserved = new Set<Generation>();
  #following: Subscription | undefined;
  #stalled: string | undefined;
  #retry: NodeJS.Timeout | undefined;

  constructor({ file, store, source, views, invariant, cacheMb }: RunningViewsOptions) {
    this.#database = new DatabaseSync(file);
    this.#database
      .exec(`PRAGMA page_size = 4096; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
      PRAGMA cache_size = ${-1024 * cacheMb}`);
    prepareViewStore(this.#database);
    this.db = readDatabase(this.#database);
    this.commits = this.#commits;
    this.#store = store;
    this.#source = source;
    this.#views = views;
    this.#invariant = invariant;
    this.#commit = createCommit(this.#database);
    this.#serving = views.map((view) => this.#start(view));
  }

  position(): number {
    const running = this.#serving.filter(({ halted }) => halted === undefined);
    return Math.min(...(running.length > 0 ? running : this.#serving).map((one) => one.committed));
  }

  status(): readonly ViewStatus[] {
    return this.#serving.map(statusOf);
  }

  halted(): { readonly view: string; readonly halt: Halt } | undefined {
    for (const { view, halted } of this.#serving) {
      if (halted !== undefined) return { view: view.name, halt: halted };
    }
    return undefined;
  }

  stalled(): string | undefined {
    return this.#stalled;
  }

  /** Folds everything that is in the log now. Views that did not add up are built anew once. */
  async catchUp(onProgress?: OnProgress): Promise<void> {
    if (!(await isOfLog(foldedIn(this.#database), this.#store))) {
      this.#serving = this.#views.map((view) => newGeneration(this.#database, view));
      this.#unserved = new Set(this.#serving);
    }
    await this.#foldAll(this.#serving, onProgress);
    for (const generation of this.#unserved) serveGeneration(this.#database, generation);
    this.#unserved.clear();
    await this.#mend();
  }

  /** Folds whatever is recorded from now on. */
  follow(): void {
    this.#following ??= followLog(this.#store, this.position(), this.#fold);
  }

  /** Builds a view (or all) anew in tables of its own, and switches when it has caught up. */
  async rebuild(name?: string, onProgress?: OnProgress): Promise<void> {
    for (const { view } of this.#serving) {
      if (name === undefined || view.name === name) await this.#rebuild([view], onProgress);
    }
  }

  /** A digest of each view's rows. */
  digest(): Readonly<Record<string, string>> {
    const digests = this.#serving.map((one) => [one.view.name, digestOf(this.#database, one)]);
    return Object.fromEntries(digests) as Record<string, string>;
  }

  waitFor(position: number, timeoutMs: number): Promise<boolean> {
    return waitUntil(() => this.position() >= position, this.#commits, timeoutMs);
  }

  close(): Promise<void> {
    this.#following?.unsubscribe();
    clearTimeout(this.#retry);
    this.#commits.complete();
    if (this.#database.isOpen) this.#database.close();
    return Promise.resolve();
  }

  #start(view: View): Generation {
    const row = servingGeneration(this.#database, view);
    if (row !== undefined && isCurrent(this.#database, view, row)) {
      return goingOn(openGeneration(this.#database, view, row));
    }
    const fresh = newGeneration(this.#database, view);
    this.#unserved.add(fresh);
    return fresh;
  }

  readonly #fold = (events: readonly ViewEvent[], newest: RecordedEvent): void => {
    foldEvents(this.#serving, events, Number(newest.position));
    this.#commitLive(foldedThrough(newest));
  };

  /** The log has every event, so nothing is lost while the disk is full: rows wait in memory. */
  #commitLive(folded: Folded): void {
    clearTimeout(this.#retry);
    try {
      const breach = commitFolded(this.#commit, this.#serving, this.#invariant, folded);
      this.#stalled = undefined;
      this.#commits.next(this.position());
      if (breach !== undefined) void this.#mend().catch(this.#stall);
    } catch (error) {
      if (!passes(error)) throw error;
      this.#stalled = error.message;
      this.#retry = setTimeout(() => this.#commitLive(folded), RETRY_AFTER_MS).unref();
    }
  }

  /** Views that could not be built anew stay halted; the next start tries again. */
  readonly #stall = (error: unknown): void => {
    this.#stalled = error instanceof Error ? error.message : String(error);
  };

  async #foldAll(generations: readonly Generation[], onProgress: OnProgress = ignore) {
    const head = Number((await this.#store.head()) ?? 0n);
    const from = Math.min(...generations.map((generation) => generation.position));
    for await (const batch of this.#source.batches(from + 1, readsOf(generations))) {
      foldEvents(generations, batch.events, batch.through);
      if (unwrittenRows(generations) >= ROWS_OF_A_COMMIT) await this.#commitBulk(generations);
      onProgress({ done: batch.through - from, of: head - from });
      await nextTurn();
    }
    await this.#commitBulk(generations);
  }

  /** Some generations alone, as when a view is rebuilt, are no reason to remember another event. */
  async #commitBulk(generations: readonly Generation[]): Promise<void> {
    const isAll = generations === this.#serving;
    const through = Math.max(...generations.map(({ position }) => position));
    const folded = isAll ? await foldedAt(this.#store, through) : undefined;
    commitFolded(this.#commit, generations, this.#invariant, folded);
  }

  /**
   * Views that do not add up are built anew from the log, together, rather than believed. Where they do
   * not add up again they stay halted as they are: the rules of this release are wrong, or the log is.
   */
  async #mend(): Promise<void> {
    const wrong = this.#serving.filter(({ halted }) => halted?.cause === 'not-conserved');
    if (wrong.length > 0) await this.#rebuild(wrong.map(({ view }) => view));
  }

  async #rebuild(views: readonly View[], onProgress?: OnProgress): Promise<void> {
    const fresh = views.map((view) => newGeneration(this.#database, view));
    do await this.#foldAll(fresh, onProgress);
    while (fresh.some((one) => one.halted === undefined && one.position < this.#livePosition(one)));
    if (fresh.some(({ halted }) => halted?.cause === 'not-conserved')) return;
    for (const generation of fresh) serveGeneration(this.#database, generation);
    this.#serving = this.#serving.map(
      (live) => fresh.find(({ view }) => view === live.view) ?? live,
    );
  }

  #livePosition({ view }: Generation): number {
    return this.#serving.find((live) => live.view === view)?.position ?? 0;
  }
}

/** A view that halted at an event tries it once more: this release may know what an earlier one did not. */
const goingOn = (generation: Generation): Generation => {
  if (generation.halted?.cause !== 'not-conserved') generation.halted = undefined;
  return generation;
};

/** Primary codes of SQLite for what passes: another process writes the file (5), the disk errs (10) or is full (13). */
const PASSING: readonly number[] = [5, 10, 13];

const passes = (error: unknown): error is Error =>
  isNativeError(error) && 'errcode' in error && PASSING.includes(Number(error.errcode) & 0xff);

const readsOf = (generations: readonly Generation[]): Reads => [
  ...new Set<EventType>(generations.flatMap(({ view }) => view.reads)),
];

const statusOf = ({ view, generation, committed, halted }: Generation): ViewStatus => ({
  name: view.name,
  version: view.version,
  generation,
  position: committed,
  ...(halted === undefined ? {} : { halted }),
});

const ignore = (): void => undefined;
