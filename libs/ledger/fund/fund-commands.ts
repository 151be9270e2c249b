import type { CommandOf } from '../decision.ts';
import type {
  Adjustment,
  Allocation,
  Arrival,
  Asset,
  Benefit,
  Classification,
  Closing,
  Disbursement,
  DisbursementRequest,
  FundsRecall,
  FundsReturn,
  Milestone,
  Recall,
  Release,
  RequestDecision,
  RequestRejection,
  Reversal,
} from './fund-events.ts';

/** What may be asked of an allocation. Who asks is in the command's context, never in its data. */
export type FundCommand =
  | CommandOf<'AllocateFunds', Allocation>
  | CommandOf<'AdjustAllocation', Adjustment>
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
  | CommandOf<'CloseAllocation', Closing>;

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
export type ReverseDisbursement = CommandOf<'ReverseDisbursement', Omit<Reversal, 'to'>>;

export type CommandNamed<Type extends FundCommand['type']> = Extract<FundCommand, { type: Type }>;
