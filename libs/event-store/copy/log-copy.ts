import type { AppendOutcome, EventStore, Position, RecordedEvent } from '../port.ts';

/** What a store can do that takes the events of another log as they are. */
export interface AppendsReplicated {
  /** Appends events in the order of the other log: all of them, or none. Answers for the last. */
  appendReplicated(events: readonly RecordedEvent[]): Promise<AppendOutcome>;
}

/** A log on this machine that holds what another log holds, in the same order. */
export interface LogCopy extends EventStore, AppendsReplicated {
  /** Where the newest event of the copy stands in the log it was taken from. */
  copiedThrough(): Promise<Position | undefined>;
}

/** How near a copy is to the log it follows. */
export interface ReplicationLag {
  /** Milliseconds since the copy was known to hold everything; infinite before it ever did. */
  readonly lagMs: number;
  /** Why it cannot follow, when it cannot. */
  readonly fault: string | undefined;
}

/** In milliseconds. */
export interface CopyTiming {
  /** How long a writer waits until its own event has been copied. */
  readonly patienceMs: number;
  /** Between looks whether the copy still holds everything. */
  readonly probeMs: number;
  /** Before following again after the log broke off. */
  readonly pauseMs: number;
}

export const USUAL_COPY_TIMING: CopyTiming = {
  patienceMs: 10_000,
  probeMs: 1_000,
  pauseMs: 1_000,
};
