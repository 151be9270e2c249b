import type { LedgerCommand, RecordedLedgerEvent } from '#ledger/ledger-events';
import type { Refusal, RefusalCode } from '#ledger/refusals';

/**
 * Work over several streams. An intent is the first event of a stream of its own; steps go to other
 * streams, each under an id that follows from what it is, so that a step taken twice, or by two nodes,
 * is recorded once. What was recorded on the intent's stream says which stage is next, and so work that
 * a crash left open goes on from there.
 */
export interface WorkKind {
  /** The event in whose name, and on whose business day, steps are taken: the first, where absent. */
  readonly intent?: (events: readonly RecordedLedgerEvent[]) => RecordedLedgerEvent | undefined;
  /** What is still to be done, by the events of the intent's stream; undefined once all is. */
  readonly next: (events: readonly RecordedLedgerEvent[]) => Promise<Stage | undefined>;
}

/** Steps in order, and what their outcome is recorded as. */
export interface Stage {
  readonly steps: readonly Step[];
  /** Whether a step may be refused; where none may, work stops at a refusal and records no end. */
  readonly mayBeRefused?: true;
  /**
   * The command that goes to the intent's stream once every step is taken, or at the first that is
   * refused. Absent where the steps are all that is left and none of them may be refused.
   */
  readonly end?: (refused: RefusedStep | undefined) => Step;
}

export interface Step {
  readonly commandId: string;
  readonly command: LedgerCommand;
  /** Refusals that say that it was taken before in another way, or needs not be taken. */
  readonly takenIf?: readonly RefusalCode[];
}

export interface RefusedStep {
  readonly step: Step;
  readonly refusal: Refusal;
}
