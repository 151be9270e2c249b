import type { CommandOf } from '../decision.ts';
import type { AdjustmentDocument, AdjustmentResolution } from './adjustment-events.ts';

/** What may be asked of an adjustment; the work that carries it out asks for all but the first two. */
export type AdjustmentCommand =
  | ApproveAdjustment
  | WithdrawAdjustment
  | ResolveAdjustment
  | CommandOf<'CompleteAdjustment', { readonly adjustmentId: string }>
  | CommandOf<'AbandonAdjustment', { readonly adjustmentId: string }>;

export type ApproveAdjustment = CommandOf<'ApproveAdjustment', AdjustmentDocument>;

export type WithdrawAdjustment = CommandOf<
  'WithdrawAdjustment',
  { readonly adjustmentId: string; readonly reason: string }
>;

export type ResolveAdjustment = CommandOf<'ResolveAdjustment', AdjustmentResolution>;
