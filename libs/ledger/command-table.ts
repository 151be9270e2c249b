import type { Role } from './context.ts';
import type { StreamKind, Subject } from './event-table.ts';
import type { LedgerCommand } from './ledger-events.ts';

/** One row for each command: all that the rest of the system has to know of it. */
interface CommandRow<Command extends LedgerCommand> {
  /** The kind of stream it goes to. */
  readonly stream: StreamKind;
  /**
   * Roles that may issue it. Requester and approver are kept apart twice: by role here, and by person
   * in the rules. Roles that judge the books (auditor, inspector) write nothing into them. Steps of
   * work over several streams are no role's: the work asks for them once its intent is recorded.
   */
  readonly issuers: readonly Role[];
  /** Subjects outside its own stream that it names, in the order in which they are checked. */
  readonly refersTo: (data: Command['data']) => readonly Subject[];
}

const nothing = (): readonly Subject[] => [];
const document = ({ adjustmentId }: { readonly adjustmentId: string }) =>
  [`adjustment-${adjustmentId}`] as const;

export const COMMAND_TABLE = {
  RegisterPlace: {
    stream: 'place',
    issuers: ['administrator', 'clerk'],
    refersTo: ({ parentId }) => (parentId === undefined ? [] : [`place-${parentId}`]),
  },
  RenamePlace: { stream: 'place', issuers: ['administrator'], refersTo: nothing },
  MergePlace: {
    stream: 'place',
    issuers: ['administrator'],
    refersTo: ({ intoPlaceId }) => [`place-${intoPlaceId}`],
  },
  RevokePlaceMerger: { stream: 'place', issuers: ['administrator'], refersTo: nothing },
  ChangePlaceParent: {
    stream: 'place',
    issuers: ['administrator'],
    refersTo: ({ parentId }) => [`place-${parentId}`],
  },
  AssignPlaceCode: { stream: 'place', issuers: ['administrator'], refersTo: nothing },
  RegisterPayee: {
    stream: 'payee',
    issuers: ['administrator', 'clerk', 'finance', 'township'],
    refersTo: nothing,
  },
  ChangePayee: { stream: 'payee', issuers: ['administrator', 'finance'], refersTo: nothing },
  MergePayee: {
    stream: 'payee',
    issuers: ['administrator', 'finance'],
    refersTo: ({ intoPayeeId }) => [`payee-${intoPayeeId}`],
  },
  RevokePayeeMerger: { stream: 'payee', issuers: ['administrator', 'finance'], refersTo: nothing },
  IssueNotice: {
    stream: 'notice',
    issuers: ['clerk'],
    refersTo: ({ annexes, replaces }) => [
      ...(replaces === undefined ? [] : [`notice-${replaces}` as const]),
      ...annexes.flatMap(({ lines }) => lines.map(({ placeId }) => `place-${placeId}` as const)),
    ],
  },
  WithdrawNotice: {
    stream: 'notice',
    issuers: ['clerk'],
    refersTo: ({ voids = [] }) => voids.map((allocationId) => `fund-${allocationId}` as const),
  },
  AllocateFunds: {
    stream: 'fund',
    issuers: ['clerk'],
    refersTo: ({ noticeId, placeId }) => [`notice-${noticeId}`, `place-${placeId}`],
  },
  ApproveAdjustment: {
    stream: 'adjustment',
    issuers: ['clerk'],
    refersTo: ({ legs }) =>
      legs.map(({ allocationId, line }) =>
        line === undefined
          ? (`fund-${allocationId}` as const)
          : (`notice-${line.noticeId}` as const),
      ),
  },
  WithdrawAdjustment: { stream: 'adjustment', issuers: ['clerk'], refersTo: nothing },
  ResolveAdjustment: { stream: 'adjustment', issuers: [], refersTo: nothing },
  CompleteAdjustment: { stream: 'adjustment', issuers: [], refersTo: nothing },
  AbandonAdjustment: { stream: 'adjustment', issuers: [], refersTo: nothing },
  ReserveAdjustment: { stream: 'fund', issuers: [], refersTo: document },
  AdjustAllocation: { stream: 'fund', issuers: [], refersTo: document },
  ReleaseAdjustmentReservation: { stream: 'fund', issuers: [], refersTo: document },
  ClassifyAllocation: { stream: 'fund', issuers: ['clerk'], refersTo: nothing },
  ReceiveFunds: { stream: 'fund', issuers: ['finance'], refersTo: nothing },
  ReleaseFunds: { stream: 'fund', issuers: ['finance'], refersTo: nothing },
  RequestDisbursement: {
    stream: 'fund',
    issuers: ['clerk', 'township'],
    refersTo: ({ payeeId }) => [`payee-${payeeId}`],
  },
  ApproveDisbursement: { stream: 'fund', issuers: ['finance'], refersTo: nothing },
  RejectDisbursement: {
    stream: 'fund',
    issuers: ['clerk', 'finance', 'township'],
    refersTo: nothing,
  },
  DisburseFunds: {
    stream: 'fund',
    issuers: ['finance'],
    refersTo: (data) => (data.ground === 'statement' ? [`payee-${data.payeeId}`] : []),
  },
  ReverseDisbursement: { stream: 'fund', issuers: ['finance'], refersTo: nothing },
  ReturnFunds: { stream: 'fund', issuers: ['finance'], refersTo: nothing },
  RecallAllocation: { stream: 'fund', issuers: ['finance'], refersTo: nothing },
  RecallFunds: { stream: 'fund', issuers: ['finance'], refersTo: nothing },
  StartProject: { stream: 'fund', issuers: ['clerk', 'township'], refersTo: nothing },
  CompleteProject: { stream: 'fund', issuers: ['clerk', 'township'], refersTo: nothing },
  AcceptProject: { stream: 'fund', issuers: ['clerk'], refersTo: nothing },
  RegisterAsset: { stream: 'fund', issuers: ['clerk', 'township'], refersTo: nothing },
  DistributeBenefit: { stream: 'fund', issuers: ['clerk', 'township'], refersTo: nothing },
  CloseAllocation: { stream: 'fund', issuers: ['clerk'], refersTo: nothing },
  ReverseArrival: { stream: 'fund', issuers: ['finance'], refersTo: nothing },
  ReverseRelease: { stream: 'fund', issuers: ['finance'], refersTo: nothing },
  ReverseReturn: { stream: 'fund', issuers: ['finance'], refersTo: nothing },
  ReverseRecall: { stream: 'fund', issuers: ['finance'], refersTo: nothing },
  VoidAllocation: { stream: 'fund', issuers: ['clerk'], refersTo: nothing },
  ReopenAllocation: { stream: 'fund', issuers: ['clerk'], refersTo: nothing },
  ReverseMilestone: { stream: 'fund', issuers: ['clerk'], refersTo: nothing },
  ReverseAssetRegistration: { stream: 'fund', issuers: ['clerk', 'township'], refersTo: nothing },
  ReverseBenefit: { stream: 'fund', issuers: ['clerk', 'township'], refersTo: nothing },
  PostAnnouncement: {
    stream: 'announcement',
    issuers: ['clerk', 'township'],
    refersTo: ({ placeId, allocationIds }) => [
      `place-${placeId}`,
      ...allocationIds.map((allocationId) => `fund-${allocationId}` as const),
    ],
  },
  EndAnnouncement: { stream: 'announcement', issuers: ['clerk', 'township'], refersTo: nothing },
  WithdrawAnnouncement: {
    stream: 'announcement',
    issuers: ['clerk', 'township'],
    refersTo: nothing,
  },
  RaiseObjection: { stream: 'announcement', issuers: ['clerk', 'township'], refersTo: nothing },
  AnswerObjection: { stream: 'announcement', issuers: ['clerk', 'township'], refersTo: nothing },
  RevokeObjectionAnswer: {
    stream: 'announcement',
    issuers: ['clerk', 'township'],
    refersTo: nothing,
  },
  WithdrawObjection: { stream: 'announcement', issuers: ['clerk', 'township'], refersTo: nothing },
  RevokeAnnouncementEnd: {
    stream: 'announcement',
    issuers: ['clerk', 'township'],
    refersTo: nothing,
  },
  SetParameter: { stream: 'parameter', issuers: ['administrator'], refersTo: nothing },
} as const satisfies {
  readonly [Type in LedgerCommand['type']]: CommandRow<
    Extract<LedgerCommand, { readonly type: Type }>
  >;
};
