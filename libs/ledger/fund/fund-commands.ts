import type { CommandOf } from '../decision.ts';
import type { Fen } from '../money.ts';
import type {
  Adjustment,
  AdjustmentReservation,
  Allocation,
  Arrival,
  Asset,
  Benefit,
  Classification,
  Closing,
  Disbursement,
  DisbursementRequest,
  EntryReversal,
  FundsRecall,
  FundsReturn,
  Milestone,
  PaymentReversalKind,
  Recall,
  Release,
  RequestDecision,
  RequestRejection,
  ReservedLeg,
  Reversal,
} from './fund-events.ts';

/** What may be asked of an allocation. Who asks is in the command's context, never in its data. */
export type FundCommand =
  | CommandOf<'AllocateFunds', Allocation>
  | CommandOf<'ReserveAdjustment', AdjustmentReservation>
  | CommandOf<'AdjustAllocation', Adjustment & AdjustmentReservation>
  | CommandOf<'ReleaseAdjustmentReservation', ReservedLeg>
  | CommandOf<'ClassifyAllocation', Classification>
  | CommandOf<'ReceiveFunds', Arrival>
  | CommandOf<'ReleaseFunds', Release>
  | RequestDisbursement
  | ApproveDisbursement
  | RejectDisbursement
  | DisburseFunds
  | ReverseDisbursement
  | CommandOf<'ReturnFunds', FundsReturn>
  | CommandOf<'RecallAllocation', Recall>
  | CommandOf<'RecallFunds', FundsRecall>
  | CommandOf<'StartProject', Milestone>
  | CommandOf<'CompleteProject', Milestone>
  | CommandOf<'AcceptProject', Milestone>
  | CommandOf<'RegisterAsset', Asset>
  | CommandOf<'DistributeBenefit', Benefit>
  | CommandOf<'CloseAllocation', Closing>
  | CommandOf<'ReverseArrival', AmountToReverse>
  | CommandOf<'ReverseRelease', AmountToReverse>
  | CommandOf<'ReverseReturn', AmountToReverse>
  | CommandOf<'ReverseRecall', AmountToReverse>
  /** The event that is taken back is the one that allocated it. */
  | CommandOf<'VoidAllocation', Omit<EntryReversal, 'reversedEventId'>>
  | CommandOf<'ReopenAllocation', EntryReversal>
  | CommandOf<'ReverseMilestone', EntryReversal>
  | CommandOf<'ReverseAssetRegistration', EntryReversal>
  | CommandOf<'ReverseBenefit', AmountToReverse>;

export type RequestDisbursement = CommandOf<
  'RequestDisbursement',
  Omit<DisbursementRequest, 'requestedBy'>
>;
export type ApproveDisbursement = CommandOf<
  'ApproveDisbursement',
  Omit<RequestDecision, 'decidedBy'>
>;
export type RejectDisbursement = CommandOf<
  'RejectDisbursement',
  Omit<RequestRejection, 'decidedBy'>
>;

/** Either the payment of an approved request, which states all but the voucher, or one from a statement. */
export type DisburseFunds = CommandOf<'DisburseFunds', PaymentOfRequest | PaymentOnStatement>;

export interface PaymentOfRequest {
  readonly ground: 'request';
  readonly allocationId: string;
  readonly paymentId: string;
  readonly requestId: string;
  readonly voucher: string;
  readonly voucherReason?: string;
}

export interface PaymentOnStatement extends Omit<Disbursement, 'ground'> {
  readonly ground: 'statement';
}

/** The account to which the money comes back is the one it left: the payment knows it. */
export type ReverseDisbursement = CommandOf<'ReverseDisbursement', PaymentToReverse>;

export interface PaymentToReverse extends Omit<Reversal, 'to' | 'kind' | 'amountFen'> {
  readonly kind?: PaymentReversalKind;
  /** All that is not reversed yet, where absent. */
  readonly amountFen?: Fen;
}

/** An entry by the id of its event; the account to which its money goes back is the one it left. */
export interface AmountToReverse extends EntryReversal {
  /** All that is not reversed yet, where absent. */
  readonly amountFen?: Fen;
}

export type CommandNamed<Type extends FundCommand['type']> = Extract<FundCommand, { type: Type }>;
