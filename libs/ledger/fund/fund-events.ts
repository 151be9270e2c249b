import type { BusinessDate } from '../calendar.ts';
import type { Attachment } from '../context.ts';
import type { EventOf } from '../decision.ts';
import type { Fen, StatedAmount } from '../money.ts';
import type { FundingAccount } from './transfer.ts';
import type { FundingLevel, Programme, Project } from '../notice/notice-events.ts';
import type { OnVoucher } from '../voucher/slip.ts';

/**
 * `fund-<allocationId>`: the life of one line of money, for one place or project.
 * Read from top to bottom: it is allocated, arrives, is released, asked for, approved, paid.
 */
export type FundEvent =
  | EventOf<'FundsAllocated', Allocation> // 下达 / 安排
  | EventOf<'AdjustmentReserved', AdjustmentReservation>
  | EventOf<'AdjustmentReservationReleased', ReservedLeg>
  | EventOf<'AllocationAdjusted', Adjustment> // 调增 / 调减
  | EventOf<'AllocationClassified', Classification>
  | EventOf<'FundsArrived', Arrival> // 到账
  | EventOf<'FundsReleased', Release> // 核拨到单位
  | EventOf<'DisbursementRequested', DisbursementRequest> // 申请
  | EventOf<'DisbursementApproved', RequestDecision> // 复核通过
  | EventOf<'DisbursementRejected', RequestRejection> // 复核退回
  | EventOf<'FundsDisbursed', Disbursement> // 支付到收款人
  | EventOf<'AdvanceRepaid', AdvanceRepayment> // 归还垫付
  | EventOf<'DisbursementReversed', Reversal> // 冲销
  | EventOf<'DisbursementRefused', RefusedDisbursement>
  | EventOf<'FundsReturned', FundsReturn> // 缴回
  | EventOf<'AllocationRecalled', Recall> // 收回指标
  | EventOf<'FundsRecalled', FundsRecall> // 收回资金
  | EventOf<'ProjectStarted', Milestone>
  | EventOf<'ProjectCompleted', Milestone>
  | EventOf<'ProjectAccepted', Milestone> // 验收
  | EventOf<'AssetRegistered', Asset>
  | EventOf<'BenefitDistributed', Benefit>
  | EventOf<'AllocationClosed', Closing>
  | CorrectingEvent;

/** What takes an event of this allocation back, in whole or in part. */
export type CorrectingEvent =
  | EventOf<'ArrivalReversed', AmountReversal> // 冲回到账
  | EventOf<'AdvanceRepaymentReversed', AmountReversal> // 冲回归还垫付: with the arrival that repaid
  | EventOf<'ReleaseReversed', AmountReversal> // 冲回核拨
  | EventOf<'ReturnReversed', AmountReversalTo<PayingAccount>> // 冲回缴回
  | EventOf<'RecallReversed', AmountReversalTo<PayingAccount | 'quota'>> // 冲回收回
  | EventOf<'AllocationVoided', AmountReversal> // 作废: entered wrongly
  | EventOf<'AllocationReopened', EntryReversal> // 撤销结项
  | EventOf<'MilestoneReversed', MilestoneReversal> // 撤销开工, 完工, 验收
  | EventOf<'AssetRegistrationReversed', AssetReversal> // 撤销资产登记
  | EventOf<'BenefitReversed', AmountReversal>; // 冲回收益分配

interface OfAllocation {
  readonly allocationId: string;
  readonly attachments?: readonly Attachment[];
}

interface OfAmount extends OfAllocation {
  readonly amountFen: Fen;
}

export interface Allocation extends OfAmount {
  /** The row of the notice that this money comes from. */
  readonly noticeId: string;
  readonly annex: string;
  readonly row: number;
  readonly placeId: string;
  readonly programme: Programme;
  readonly fiscalYear: number;
  readonly batch: string;
  readonly fundingLevel: FundingLevel;
  /** The amount as it was printed. */
  readonly stated?: StatedAmount;
  readonly project?: Project;
}

export type AdjustmentDirection = 'increase' | 'decrease';

/** Which leg of which document. */
export interface ReservedLeg extends OfAllocation {
  readonly adjustmentId: string;
  readonly ordinal: number;
}

/**
 * What a leg takes is set aside, and cannot be spent meanwhile; what a leg gives will be accepted: the
 * allocation is not closed before the document has ended.
 */
export interface AdjustmentReservation extends ReservedLeg {
  readonly direction: AdjustmentDirection;
  readonly account: FundingAccount;
  readonly amountFen: Fen;
}

/** One leg of a document: what some allocations lose others gain. */
export interface Adjustment extends OfAmount {
  readonly adjustmentId: string;
  /** The leg of the document; absent in older logs, where pairs had no document. */
  readonly ordinal?: number;
  readonly direction: AdjustmentDirection;
  /** The account that is adjusted; absent in older logs, where it was always the quota. */
  readonly account?: FundingAccount;
  /** The document number that approved it. */
  readonly approval: string;
  /** The other side, where there is one only; absent where there are several, or none was named. */
  readonly counterpartAllocationId?: string;
}

export interface Classification extends OfAllocation {
  readonly projectType: string;
  readonly ground: string;
}

export interface Arrival extends OfAmount, OnVoucher {}

export interface Release extends OfAmount, OnVoucher {
  /** The unit that now holds the money. */
  readonly unit: string;
}

/** The two accounts of an allocation from which money can leave the county's hands. */
export type PayingAccount = 'treasury' | 'unit';

/** From where a payee was paid: an account of the allocation, or others' money, lent until it arrives (垫付). */
export type SpendingAccount = PayingAccount | 'advance';

export const PAYMENT_STAGES = ['advance', 'progress', 'final', 'retention'] as const;
export type PaymentStage = (typeof PAYMENT_STAGES)[number];

export interface DisbursementRequest extends OfAmount {
  readonly requestId: string;
  readonly payeeId: string;
  readonly from: PayingAccount;
  readonly stage: PaymentStage;
  readonly purpose: string;
  readonly requestedBy: string;
}

export interface RequestDecision extends OfAllocation {
  readonly requestId: string;
  readonly decidedBy: string;
}

export interface RequestRejection extends RequestDecision {
  readonly reason: string;
}

export interface Disbursement extends OfAmount, OnVoucher {
  readonly paymentId: string;
  readonly payeeId: string;
  readonly from: SpendingAccount;
  readonly stage: PaymentStage;
  readonly voucher: string;
  readonly ground: DisbursementGround;
}

/** A payment entered by hand follows an approved request; one taken over from a statement needs none. */
export type DisbursementGround =
  { readonly kind: 'request'; readonly requestId: string } | { readonly kind: 'statement' };

/** Money that has arrived repays what was paid in advance of it. */
export type AdvanceRepayment = OfAmount;

/** Why money came back: 记账有误, 银行退票, 收款人退款, 追缴; of older logs not stated. */
export const PAYMENT_REVERSAL_KINDS = ['error', 'bankReturn', 'refund', 'recovery'] as const;
export type PaymentReversalKind = (typeof PAYMENT_REVERSAL_KINDS)[number];

export interface Reversal extends OfAmount {
  readonly reversalId: string;
  readonly paymentId: string;
  /** The account the payment left, to which the money comes back; the treasury where it has repaid the advance. */
  readonly to: SpendingAccount;
  readonly kind: PaymentReversalKind | 'unstated';
  /** Number of the slip by which the money came back. */
  readonly voucher?: string;
  readonly reason: string;
  /** 批准文号. */
  readonly approval?: string;
}

/** What takes an entry back names it, and says why. */
export interface EntryReversal extends OfAllocation {
  readonly reversedEventId: string;
  readonly reason: string;
  /** 批准文号. */
  readonly approval?: string;
}

/** The whole amount of the entry or a part; several together never more than it. */
export interface AmountReversal extends EntryReversal {
  readonly amountFen: Fen;
}

/** The money goes back to the account that it left. */
export interface AmountReversalTo<To> extends AmountReversal {
  readonly to: To;
}

export interface MilestoneReversal extends EntryReversal {
  readonly milestone: 'started' | 'completed' | 'accepted';
}

export interface AssetReversal extends EntryReversal {
  readonly assetId: string;
}

/** An attempt to spend beyond what is there. Nothing moves, but inspectors want to know. */
export interface RefusedDisbursement extends OfAmount {
  readonly payeeId: string;
  readonly from: PayingAccount;
  /** The refusal's code. */
  readonly reason: string;
  readonly availableFen: Fen;
  readonly attemptedBy: string;
}

export interface FundsReturn extends OfAmount, OnVoucher {
  readonly from: PayingAccount;
  readonly reason: string;
}

export interface Recall extends OfAmount {
  /** The document that takes the unarrived quota back. */
  readonly approval: string;
}

/** Money that has arrived, taken back to its source by the level that gave it. */
export interface FundsRecall extends Recall, OnVoucher {
  readonly from: PayingAccount;
}

export interface Milestone extends OfAllocation {
  readonly remark?: string;
}

export interface Asset extends OfAllocation {
  readonly assetId: string;
  readonly name: string;
  /** 经营性, 公益性, 到户类. */
  readonly assetClass: 'operating' | 'public' | 'household';
  readonly originalValueFen: Fen;
  readonly keeper: string;
}

/** Income of an asset handed on to people: counted by household, named nowhere. */
export interface Benefit extends OfAmount {
  readonly households: number;
  readonly distributedOn: BusinessDate;
  readonly remark?: string;
}

export interface Closing extends OfAllocation {
  readonly remark?: string;
}
