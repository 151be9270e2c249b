import type { BusinessDate } from '../calendar.ts';
import type { Attachment } from '../context.ts';
import type { EventOf } from '../decision.ts';
import type { AdjustmentDirection } from '../fund/fund-events.ts';
import type { FundingAccount } from '../fund/transfer.ts';
import type { Fen } from '../money.ts';

/**
 * `adjustment-<adjustmentId>`: one document that takes money from some allocations and gives it to
 * others. Its money is reserved leg by leg first; then it is resolved, once, whether all legs are
 * applied or all reservations released; the last event says that this is done.
 */
export type AdjustmentEvent =
  | EventOf<'AdjustmentApproved', ApprovedAdjustment> // 调整文件批准
  | EventOf<'AdjustmentResolved', AdjustmentResolution>
  | EventOf<'AdjustmentCompleted', OfAdjustment>
  | EventOf<'AdjustmentAbandoned', AdjustmentAbandonment>;

interface OfAdjustment {
  readonly adjustmentId: string;
}

export interface AdjustmentDocument extends OfAdjustment {
  /** Its document number, as printed. */
  readonly approval: string;
  readonly decidedOn: BusinessDate;
  readonly legs: readonly AdjustmentLeg[];
  readonly attachments?: readonly Attachment[];
}

/** One row of the document. */
export interface AdjustmentLeg {
  /** As printed, else the running number from 1; unique within the document. */
  readonly ordinal: number;
  readonly allocationId: string;
  /** The row of a notice that opens the allocation, where the document names that. */
  readonly line?: NoticeLine;
  readonly direction: AdjustmentDirection;
  readonly amountFen: Fen;
  /** 指标, 国库, 单位账户. */
  readonly account: FundingAccount;
  /** As printed; absent where the document does not state one. */
  readonly fundingSource?: string;
}

export interface NoticeLine {
  readonly noticeId: string;
  readonly annex: string;
  readonly row: number;
}

export interface ApprovedAdjustment extends AdjustmentDocument {
  /** Why its money waits: it is recorded as printed, and no step is taken. */
  readonly doubt?: AdjustmentDoubt;
}

/** Increases less decreases where they should be equal. */
export interface AdjustmentDoubt {
  readonly kind:
    | 'total' // of all legs
    | 'source' // of the legs of one source
    | 'on-hand'; // of treasury and unit: money on hand would be given out that nothing was taken from
  readonly differences: readonly AdjustmentDifference[];
}

export interface AdjustmentDifference {
  readonly fundingSource?: string;
  /** Above zero where more is given than taken. */
  readonly differenceFen: Fen;
}

/** Recorded once, before the first leg is applied or released: from here on nothing can fail. */
export interface AdjustmentResolution extends OfAdjustment {
  readonly outcome: 'apply' | 'release';
  /** The leg that its allocation refused, where reservations are released. */
  readonly refused?: RefusedLeg;
}

export interface RefusedLeg {
  readonly ordinal: number;
  /** The code of the refusal. */
  readonly refusal: string;
}

export interface AdjustmentAbandonment extends OfAdjustment {
  readonly ground:
    | ({ readonly kind: 'refused' } & RefusedLeg)
    /** A document whose money waited is taken back by a person. */
    | { readonly kind: 'withdrawn'; readonly reason: string };
}
