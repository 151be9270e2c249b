import type { Observable } from 'rxjs';

/**
 * The port: everything the ledger asks of an event store, and nothing more.
 *
 * There is no delete, no truncate and no rewrite. Every adapter (memory, SQLite, EventStoreDB)
 * passes the same suite, `test/contract/event-store-contract.ts`.
 */
export interface EventStore {
  /** Whether others may write to it while this process does. */
  readonly isShared: boolean;

  /**
   * Appends all events to one stream, or none of them.
   *
   * `expected` is exact, because only an exact expectation makes a retry safe: the same ids at the
   * same expected revision answer as the first time did and append nothing. A batch that agrees
   * with the log only in part is a conflict.
   * Once the promise answers `appended`, the events survive a crash of process and machine.
   */
  append(
    stream: string,
    expected: ExpectedRevision,
    events: readonly NewEvent[],
  ): Promise<AppendOutcome>;

  /** Events of one stream by revision, oldest first unless `direction` says otherwise. A stream that does not exist yields nothing. */
  readStream(stream: string, options?: ReadStreamOptions): AsyncIterable<RecordedEvent>;

  /** Events of all streams in the order of the log, from a position (inclusive) or from the start. */
  readAll(options?: ReadAllOptions): AsyncIterable<RecordedEvent>;

  /**
   * Every event after a position (exclusive; from the start when absent), first those already
   * recorded, then `{ caughtUp }` once, then new ones as they are recorded: none missing, none twice.
   */
  subscribeAll(options?: SubscribeOptions): Observable<SubscriptionMessage>;

  /** Position of the newest event, or undefined while the log is empty. */
  head(): Promise<Position | undefined>;

  close(): Promise<void>;
}

/** `no_stream`: the stream must not exist yet; a number: the revision of its last event. */
export type ExpectedRevision = 'no_stream' | bigint;

/** Place of an event in the whole log: comparable with `<`, never negative, not always dense. */
export type Position = bigint;

export type Json =
  null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

export interface NewEvent {
  /** UUID, chosen by the writer. */
  readonly id: string;
  readonly type: string;
  readonly data: JsonObject;
  /** Flat on purpose: it is searchable in every store and survives every migration. */
  readonly meta: Readonly<Record<string, string>>;
}

export interface RecordedEvent extends NewEvent {
  readonly stream: string;
  /** 0 for the first event of a stream, without gaps. */
  readonly revision: bigint;
  readonly position: Position;
}

export interface ReadStreamOptions {
  /** First revision to read (inclusive). Default: the oldest, or the newest when reading backwards. */
  readonly from?: bigint;
  readonly direction?: 'forwards' | 'backwards';
  readonly limit?: number;
}

export interface ReadAllOptions {
  readonly from?: Position;
  readonly limit?: number;
}

export interface SubscribeOptions {
  readonly after?: Position;
}

export type SubscriptionMessage =
  { readonly kind: 'event'; readonly event: RecordedEvent } | { readonly kind: 'caughtUp' };

export type AppendOutcome =
  | { readonly kind: 'appended'; readonly revision: bigint; readonly position: Position }
  | AppendFailure;

/** The closed set of reasons why an append was not acknowledged. */
export type AppendFailure =
  | {
      readonly kind: 'wrong-expected-revision';
      readonly expected: ExpectedRevision;
      readonly actual: ExpectedRevision;
    }
  | { readonly kind: 'append-too-large'; readonly bytes: number; readonly limit: number }
  | {
      readonly kind: 'unavailable';
      /** `unknown`: the events may or may not be in the log; ask again with the same ids and expectation. */
      readonly outcome: 'not-applied' | 'unknown';
      readonly reason: string;
    }
  | { readonly kind: 'access-denied'; readonly reason: string };

/**
 * The largest append every adapter accepts, in bytes of JSON text: EventStoreDB refuses 1 MiB, and no
 * verifier reads a longer line.
 */
export const MAX_APPEND_BYTES = 900 * 1024;
