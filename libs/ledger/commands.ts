import { announcementDecider } from './announcement/announcement-decider.ts';
import { fundDecider } from './fund/fund-decider.ts';
import type { LedgerCommand } from './ledger-events.ts';
import { noticeDecider } from './notice/notice-decider.ts';
import { parameterDecider } from './parameter/parameter-decider.ts';
import { payeeDecider } from './payee/payee-decider.ts';
import { placeDecider } from './place/place-decider.ts';

export type CommandType = LedgerCommand['type'];

/** The six kinds of stream and whose rules judge what is asked of them. */
export const DECIDERS = {
  place: placeDecider,
  payee: payeeDecider,
  notice: noticeDecider,
  fund: fundDecider,
  announcement: announcementDecider,
  parameter: parameterDecider,
} as const;
export type StreamKind = keyof typeof DECIDERS;

/** Every command there is, and the kind of stream it goes to. */
export const STREAM_KIND_OF = {
  RegisterPlace: 'place',
  RenamePlace: 'place',
  MergePlace: 'place',
  AssignPlaceCode: 'place',
  RegisterPayee: 'payee',
  ChangePayee: 'payee',
  IssueNotice: 'notice',
  WithdrawNotice: 'notice',
  AllocateFunds: 'fund',
  AdjustAllocation: 'fund',
  ClassifyAllocation: 'fund',
  ReceiveFunds: 'fund',
  ReleaseFunds: 'fund',
  RequestDisbursement: 'fund',
  ApproveDisbursement: 'fund',
  RejectDisbursement: 'fund',
  DisburseFunds: 'fund',
  ReverseDisbursement: 'fund',
  ReturnFunds: 'fund',
  RecallAllocation: 'fund',
  StartProject: 'fund',
  CompleteProject: 'fund',
  AcceptProject: 'fund',
  RegisterAsset: 'fund',
  DistributeBenefit: 'fund',
  CloseAllocation: 'fund',
  PostAnnouncement: 'announcement',
  EndAnnouncement: 'announcement',
  WithdrawAnnouncement: 'announcement',
  RaiseObjection: 'announcement',
  AnswerObjection: 'announcement',
  SetParameter: 'parameter',
} as const satisfies Record<CommandType, StreamKind>;

/** The stream of a command: its kind and the id it names, such as `fund-<allocationId>`. */
export const streamOf = (command: LedgerCommand): string =>
  `${STREAM_KIND_OF[command.type]}-${subjectOf(command)}`;

const subjectOf = ({ data }: LedgerCommand): string => {
  // An announcement names allocations and a place too, so the most particular id comes first.
  if ('announcementId' in data) return data.announcementId;
  if ('allocationId' in data) return data.allocationId;
  if ('noticeId' in data) return data.noticeId;
  if ('payeeId' in data) return data.payeeId;
  if ('placeId' in data) return data.placeId;
  return data.parameterId;
};
