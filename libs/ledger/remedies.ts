import type { CommandType } from './commands.ts';
import type { EventType } from './event-types.ts';

/** What is done about an event that was recorded wrongly; nothing is ever edited. */
export type Remedy =
  /** A later event names it and takes it back: `mz reverse`, `POST /api/v1/entries/<event>/reversal`. */
  | { readonly kind: 'taken-back'; readonly command: CommandType; readonly by: EventType }
  /** A later event of the same matter says what holds from then on. */
  | { readonly kind: 'followed'; readonly command: CommandType; readonly by: EventType }
  /** It moves nothing and opens nothing that another does not close. */
  | { readonly kind: 'stands'; readonly zh: string; readonly en: string };

const takenBack = (command: CommandType, by: EventType) =>
  ({ kind: 'taken-back', command, by }) as const;
const followed = <Command extends CommandType>(command: Command, by: EventType) =>
  ({ kind: 'followed', command, by }) as const;

const STEP_OF_ADJUSTMENT: Remedy = {
  kind: 'stands',
  zh: '这是调整文件的一个步骤,随文件办结;文件有误,以新的文件反向调整。',
  en: 'It is a step of an adjustment, and ends with it; a wrong document is undone by another one.',
};

/** One row for each type of event: a type without one does not compile. */
export const REMEDIES = {
  PlaceRegistered: followed('MergePlace', 'PlaceMerged'),
  PlaceRenamed: followed('RenamePlace', 'PlaceRenamed'),
  PlaceMerged: takenBack('RevokePlaceMerger', 'PlaceMergerRevoked'),
  PlaceMergerRevoked: followed('MergePlace', 'PlaceMerged'),
  PlaceParentChanged: followed('ChangePlaceParent', 'PlaceParentChanged'),
  PlaceCodeAssigned: followed('AssignPlaceCode', 'PlaceCodeAssigned'),
  PayeeRegistered: followed('ChangePayee', 'PayeeChanged'),
  PayeeChanged: followed('ChangePayee', 'PayeeChanged'),
  PayeeMerged: takenBack('RevokePayeeMerger', 'PayeeMergerRevoked'),
  PayeeMergerRevoked: followed('MergePayee', 'PayeeMerged'),
  NoticeIssued: takenBack('WithdrawNotice', 'NoticeWithdrawn'),
  NoticeWithdrawn: followed('IssueNotice', 'NoticeIssued'),
  FundsAllocated: takenBack('VoidAllocation', 'AllocationVoided'),
  AllocationVoided: followed('AllocateFunds', 'FundsAllocated'),
  AllocationAdjusted: followed('ApproveAdjustment', 'AdjustmentApproved'),
  AdjustmentReserved: STEP_OF_ADJUSTMENT,
  AdjustmentReservationReleased: STEP_OF_ADJUSTMENT,
  AdjustmentResolved: STEP_OF_ADJUSTMENT,
  AllocationClassified: followed('ClassifyAllocation', 'AllocationClassified'),
  FundsArrived: takenBack('ReverseArrival', 'ArrivalReversed'),
  ArrivalReversed: followed('ReceiveFunds', 'FundsArrived'),
  FundsReleased: takenBack('ReverseRelease', 'ReleaseReversed'),
  ReleaseReversed: followed('ReleaseFunds', 'FundsReleased'),
  DisbursementRequested: takenBack('RejectDisbursement', 'DisbursementRejected'),
  DisbursementApproved: takenBack('RejectDisbursement', 'DisbursementRejected'),
  DisbursementRejected: followed('RequestDisbursement', 'DisbursementRequested'),
  FundsDisbursed: takenBack('ReverseDisbursement', 'DisbursementReversed'),
  DisbursementReversed: followed('DisburseFunds', 'FundsDisbursed'),
  AdvanceRepaid: followed('ReverseArrival', 'AdvanceRepaymentReversed'),
  AdvanceRepaymentReversed: followed('ReceiveFunds', 'AdvanceRepaid'),
  DisbursementRefused: {
    kind: 'stands',
    zh: '被拒绝的支付没有动用资金,留作线索。',
    en: 'A refused payment moved nothing; it stays as a lead.',
  },
  FundsReturned: takenBack('ReverseReturn', 'ReturnReversed'),
  ReturnReversed: followed('ReturnFunds', 'FundsReturned'),
  AllocationRecalled: takenBack('ReverseRecall', 'RecallReversed'),
  FundsRecalled: takenBack('ReverseRecall', 'RecallReversed'),
  RecallReversed: followed('RecallFunds', 'FundsRecalled'),
  ProjectStarted: takenBack('ReverseMilestone', 'MilestoneReversed'),
  ProjectCompleted: takenBack('ReverseMilestone', 'MilestoneReversed'),
  ProjectAccepted: takenBack('ReverseMilestone', 'MilestoneReversed'),
  MilestoneReversed: followed('StartProject', 'ProjectStarted'),
  AssetRegistered: takenBack('ReverseAssetRegistration', 'AssetRegistrationReversed'),
  AssetRegistrationReversed: followed('RegisterAsset', 'AssetRegistered'),
  BenefitDistributed: takenBack('ReverseBenefit', 'BenefitReversed'),
  BenefitReversed: followed('DistributeBenefit', 'BenefitDistributed'),
  AllocationClosed: takenBack('ReopenAllocation', 'AllocationReopened'),
  AllocationReopened: followed('CloseAllocation', 'AllocationClosed'),
  AnnouncementPosted: takenBack('WithdrawAnnouncement', 'AnnouncementWithdrawn'),
  AnnouncementWithdrawn: followed('PostAnnouncement', 'AnnouncementPosted'),
  AnnouncementEnded: takenBack('RevokeAnnouncementEnd', 'AnnouncementEndRevoked'),
  AnnouncementEndRevoked: followed('EndAnnouncement', 'AnnouncementEnded'),
  ObjectionRaised: takenBack('WithdrawObjection', 'ObjectionWithdrawn'),
  ObjectionAnswered: takenBack('RevokeObjectionAnswer', 'ObjectionAnswerRevoked'),
  ObjectionAnswerRevoked: followed('AnswerObjection', 'ObjectionAnswered'),
  ObjectionWithdrawn: followed('RaiseObjection', 'ObjectionRaised'),
  VoucherClaimed: {
    kind: 'stands',
    zh: '凭证的占用随其支付:支付冲销,凭证即可再用。',
    en: 'A claim on a voucher goes with its payment: once that is reversed, the voucher is free.',
  },
  VoucherFreed: {
    kind: 'stands',
    zh: '凭证已解除占用,可直接再次支付。',
    en: 'The voucher is free; a payment claims it again.',
  },
  AdjustmentApproved: followed('ApproveAdjustment', 'AdjustmentApproved'),
  AdjustmentCompleted: followed('ApproveAdjustment', 'AdjustmentApproved'),
  AdjustmentAbandoned: followed('ApproveAdjustment', 'AdjustmentApproved'),
  ParameterSet: followed('SetParameter', 'ParameterSet'),
} satisfies { readonly [Type in EventType]: Remedy };

/** Commands that record what holds from then on, where an entry is followed by another. */
export type FollowingCommand = Extract<
  (typeof REMEDIES)[EventType],
  { readonly kind: 'followed' }
>['command'];
