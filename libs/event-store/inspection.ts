import type { Hash } from '#integrity/hash';
import type { StoredHash } from '#integrity/tree';

/** One moment of a log's file, for a verification that trusts nothing in it. Others may write meanwhile. */
export interface Inspection {
  /** Rows from the first position on: each position once, and each gap once. */
  readonly rows: () => Iterable<InspectedRow | NoRow>;
  /** The stored hashes of the tree above its leaves. */
  readonly subtrees: () => readonly StoredHash[];
  /** What the store finds wrong with the file, and parts of it that differ from a new file. */
  readonly damage: () => readonly string[];
  readonly close: () => void;
}

/** A row of the log as the file has it: an event, or what is left of one. */
export interface InspectedRow {
  readonly kind: 'row';
  readonly position: number;
  readonly revision: number;
  readonly stream: string;
  readonly type: string;
  readonly id: string;
  readonly meta: string;
  readonly data: string;
  readonly leaf: Hash;
  readonly hotColumns: readonly (number | null)[];
  /** A text, or the leaf, is of another type than its column. */
  readonly isMistyped: boolean;
  /** Where the table has the row, when its neighbours or the index show another position. */
  readonly strayedTo?: number;
}

/** A position without a readable event. */
export interface NoRow {
  readonly kind: 'no-row';
  readonly position: number;
  /** As far as the index still knows; empty otherwise. */
  readonly stream: string;
}
