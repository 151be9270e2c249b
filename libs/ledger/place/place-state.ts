import type { DivisionLevel } from '../division-code.ts';

/** What the rules need to know of one place. */
export interface PlaceState {
  /** Absent until the place is registered. */
  readonly level?: DivisionLevel;
  /** The place into which this one was merged. */
  readonly mergedInto?: string;
}

export const noPlace = (): PlaceState => ({});
