import type { AdjustmentDocument, RefusedLeg } from './adjustment-events.ts';

/** How far an adjustment has got. */
export type AdjustmentState =
  | { readonly status: 'none' }
  | {
      readonly status:
        | 'waiting' // recorded with a doubt
        | 'reserving'
        | 'applying'
        | 'completed'
        | 'abandoned';
      readonly document: AdjustmentDocument;
    }
  | {
      readonly status: 'releasing';
      readonly document: AdjustmentDocument;
      readonly refused: RefusedLeg;
    };

export const noAdjustment = (): AdjustmentState => ({ status: 'none' });
