import {
  adjustment as entryOf,
  adjustments as entriesOf,
  type AdjustmentEntry,
} from '#projections/adjustments/query';
import { adjustmentsView } from '#projections/adjustments/view';
import { alike, Refused } from './query.ts';

export interface AdjustmentsQuestion {
  readonly isOpen?: boolean;
}

/** Every adjustment document, the newest first, or those that are open. */
export const adjustments = alike(
  [adjustmentsView],
  (
    { db },
    question: AdjustmentsQuestion,
  ): { readonly adjustments: readonly AdjustmentEntry[] } => ({
    adjustments: entriesOf(db, question),
  }),
);

/** One document, with what has become of each leg. */
export const adjustment = alike(
  [adjustmentsView],
  ({ db }, { adjustmentId }: { readonly adjustmentId: string }): AdjustmentEntry | Refused =>
    entryOf(db, adjustmentId) ?? new Refused({ kind: 'not-found', what: 'adjustment' }),
);
