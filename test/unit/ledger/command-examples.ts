import type { CommandType } from '#ledger/commands';
import type { LedgerCommand } from '#ledger/ledger-events';
import {
  adjustmentDocument,
  adjustmentId,
  leg,
  refusedLeg,
  reservation,
} from './adjustment-examples.ts';
import {
  announcement,
  announcementWithdrawal,
  answer,
  enterprise,
  notice,
  noticeWithdrawal,
  objection,
  parameter,
  village,
} from './examples.ts';
import {
  allocation,
  allocationId,
  asset,
  request,
  reversal,
  statementPayment,
  takenBack,
  yuan,
} from './fund-examples.ts';

export type CommandOfType<Type extends CommandType> = Extract<LedgerCommand, { type: Type }>;

const { placeId } = village;
const { announcementId } = announcement;
const project = { allocationId };

/** One sound example of every command: a command without one does not compile. */
export const COMMANDS: { readonly [Type in CommandType]: CommandOfType<Type> } = {
  RegisterPlace: { type: 'RegisterPlace', data: village },
  RenamePlace: { type: 'RenamePlace', data: { placeId, name: '新村' } },
  MergePlace: { type: 'MergePlace', data: { placeId, intoPlaceId: 'beicao' } },
  RevokePlaceMerger: {
    type: 'RevokePlaceMerger',
    data: { placeId, reason: '合并有误', approval: '朔区政函〔2024〕7号' },
  },
  ChangePlaceParent: {
    type: 'ChangePlaceParent',
    data: { placeId, parentId: 'shentou', approval: '朔区政函〔2024〕8号' },
  },
  AssignPlaceCode: { type: 'AssignPlaceCode', data: { placeId, divisionCode: '140602100201' } },
  RegisterPayee: { type: 'RegisterPayee', data: enterprise },
  MergePayee: {
    type: 'MergePayee',
    data: { payeeId: enterprise.payeeId, intoPayeeId: 'xingzhang', reason: '重复登记' },
  },
  RevokePayeeMerger: {
    type: 'RevokePayeeMerger',
    data: { payeeId: enterprise.payeeId, reason: '不是同一单位' },
  },
  ChangePayee: { type: 'ChangePayee', data: { ...enterprise, name: '青红绿农牧有限公司' } },
  IssueNotice: { type: 'IssueNotice', data: notice },
  WithdrawNotice: { type: 'WithdrawNotice', data: noticeWithdrawal },
  AllocateFunds: { type: 'AllocateFunds', data: allocation },
  ApproveAdjustment: { type: 'ApproveAdjustment', data: adjustmentDocument },
  WithdrawAdjustment: { type: 'WithdrawAdjustment', data: { adjustmentId, reason: '文件有误' } },
  ResolveAdjustment: {
    type: 'ResolveAdjustment',
    data: { adjustmentId, outcome: 'release', refused: refusedLeg },
  },
  CompleteAdjustment: { type: 'CompleteAdjustment', data: { adjustmentId } },
  AbandonAdjustment: { type: 'AbandonAdjustment', data: { adjustmentId } },
  ReserveAdjustment: { type: 'ReserveAdjustment', data: reservation },
  AdjustAllocation: { type: 'AdjustAllocation', data: leg },
  ReleaseAdjustmentReservation: {
    type: 'ReleaseAdjustmentReservation',
    data: { adjustmentId, allocationId, ordinal: 1 },
  },
  ClassifyAllocation: {
    type: 'ClassifyAllocation',
    data: { allocationId, projectType: '产业发展', ground: '项目库' },
  },
  ReceiveFunds: { type: 'ReceiveFunds', data: { allocationId, amountFen: yuan(800_000) } },
  ReleaseFunds: {
    type: 'ReleaseFunds',
    data: { allocationId, amountFen: yuan(400_000), unit: '北旺庄街道办' },
  },
  RequestDisbursement: { type: 'RequestDisbursement', data: request(400_000) },
  ApproveDisbursement: {
    type: 'ApproveDisbursement',
    data: { allocationId, requestId: 'request-1' },
  },
  RejectDisbursement: {
    type: 'RejectDisbursement',
    data: { allocationId, requestId: 'request-1', reason: '缺验收单' },
  },
  DisburseFunds: { type: 'DisburseFunds', data: statementPayment(400_000) },
  ReverseDisbursement: { type: 'ReverseDisbursement', data: reversal(400_000) },
  ReturnFunds: {
    type: 'ReturnFunds',
    data: { allocationId, amountFen: yuan(500_000), from: 'treasury', reason: '结余' },
  },
  RecallAllocation: {
    type: 'RecallAllocation',
    data: { allocationId, amountFen: yuan(1_600_000), approval: '朔区脱贫巩固组〔2024〕12号' },
  },
  RecallFunds: {
    type: 'RecallFunds',
    data: {
      allocationId,
      amountFen: yuan(500_000),
      from: 'treasury',
      approval: '朔区脱贫巩固组〔2024〕12号',
    },
  },
  StartProject: { type: 'StartProject', data: project },
  CompleteProject: { type: 'CompleteProject', data: project },
  AcceptProject: { type: 'AcceptProject', data: project },
  RegisterAsset: { type: 'RegisterAsset', data: asset },
  DistributeBenefit: {
    type: 'DistributeBenefit',
    data: { allocationId, amountFen: yuan(12_000), households: 24, distributedOn: '2024-06-01' },
  },
  CloseAllocation: { type: 'CloseAllocation', data: project },
  ReverseArrival: { type: 'ReverseArrival', data: takenBack('ReceiveFunds') },
  ReverseRelease: { type: 'ReverseRelease', data: takenBack('ReleaseFunds') },
  ReverseReturn: { type: 'ReverseReturn', data: takenBack('ReturnFunds') },
  ReverseRecall: { type: 'ReverseRecall', data: takenBack('RecallFunds') },
  VoidAllocation: { type: 'VoidAllocation', data: { allocationId, reason: '录入有误' } },
  ReopenAllocation: { type: 'ReopenAllocation', data: takenBack('CloseAllocation') },
  ReverseMilestone: { type: 'ReverseMilestone', data: takenBack('CompleteProject') },
  ReverseAssetRegistration: {
    type: 'ReverseAssetRegistration',
    data: takenBack('RegisterAsset'),
  },
  ReverseBenefit: { type: 'ReverseBenefit', data: takenBack('DistributeBenefit') },
  PostAnnouncement: { type: 'PostAnnouncement', data: announcement },
  EndAnnouncement: { type: 'EndAnnouncement', data: { announcementId } },
  WithdrawAnnouncement: { type: 'WithdrawAnnouncement', data: announcementWithdrawal },
  RaiseObjection: { type: 'RaiseObjection', data: objection },
  AnswerObjection: { type: 'AnswerObjection', data: answer },
  RevokeAnnouncementEnd: {
    type: 'RevokeAnnouncementEnd',
    data: { announcementId, reason: '尚未期满' },
  },
  RevokeObjectionAnswer: {
    type: 'RevokeObjectionAnswer',
    data: {
      announcementId,
      objectionId: objection.objectionId,
      reversedEventId: takenBack('AnswerObjection').reversedEventId,
      reason: '答复有误',
    },
  },
  WithdrawObjection: {
    type: 'WithdrawObjection',
    data: { announcementId, objectionId: objection.objectionId, reason: '已当面说明' },
  },
  SetParameter: { type: 'SetParameter', data: parameter },
};

/** The example of a command with other data. */
export const but = <Type extends CommandType>(
  type: Type,
  changes: Partial<CommandOfType<Type>['data']>,
): CommandOfType<Type> => {
  const { data } = COMMANDS[type];
  return { type, data: { ...data, ...changes } } as CommandOfType<Type>;
};
