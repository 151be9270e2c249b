/** An event as an adapter stores it: its text unparsed, and the hot columns that stand beside it. */
export interface StoredEvent {
  readonly position: number;
  readonly id: string;
  readonly stream: string;
  readonly type: string;
  /** JSON text, or null where the reader does without. */
  readonly data: string | null;
  readonly meta: string | null;
  readonly hotColumns: readonly (number | null)[];
}

/** Events in the order of the log, and how far they reach: all that was asked for up to `through`. */
export interface StoredBatch {
  readonly events: readonly StoredEvent[];
  readonly through: number;
}
