/** How a node answers; a test changes it while calls are under way. */
export interface Behaviour {
  appends:
    | 'answered'
    /** Taken in and forgotten. */
    | 'ignored'
    /** Written, and the answer held back until `answerLate`. */
    | 'answered late'
    | 'overloaded'
    | 'timed out';
  /** How long the answer to an append takes, in milliseconds; others are taken in meanwhile. */
  appendMs: number;
  /** What becomes of an append that was written before, when its stream has moved on. */
  repeats: 'recognised' | 'refused';
  reads: 'answered' | 'silent' | 'denied';
  subscriptions: 'live' | 'silent';
  /** Servers before 22.6 do not say where in the log an event of a stream stands. */
  streamReads: 'with position' | 'without position';
  /** Whether the answer to an append says where it was written. */
  appendAnswers: 'with position' | 'without position';
}

export const WELL_BEHAVED: Behaviour = {
  appends: 'answered',
  appendMs: 0,
  repeats: 'recognised',
  reads: 'answered',
  subscriptions: 'live',
  streamReads: 'with position',
  appendAnswers: 'with position',
};

/** A request as it came in, whatever became of it. */
export type Heard =
  | { readonly kind: 'append'; readonly stream: string; readonly ids: readonly string[] }
  | { readonly kind: 'read' }
  | { readonly kind: 'subscription' };
