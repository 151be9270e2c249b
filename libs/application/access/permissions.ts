import type { CommandType } from '#ledger/commands';
import type { Role } from '#ledger/context';

/**
 * Who may ask for what. Requester and approver are kept apart twice: by role here, and by person in
 * the ledger. Whoever judges the books (auditor, inspector) writes nothing into them.
 */
const ISSUERS: Readonly<Record<CommandType, readonly Role[]>> = {
  RegisterPlace: ['administrator', 'clerk'],
  RenamePlace: ['administrator'],
  MergePlace: ['administrator'],
  AssignPlaceCode: ['administrator'],
  RegisterPayee: ['administrator', 'clerk', 'finance', 'township'],
  ChangePayee: ['administrator', 'finance'],
  IssueNotice: ['clerk'],
  WithdrawNotice: ['clerk'],
  AllocateFunds: ['clerk'],
  AdjustAllocation: ['clerk'],
  ClassifyAllocation: ['clerk'],
  ReceiveFunds: ['finance'],
  ReleaseFunds: ['finance'],
  RequestDisbursement: ['clerk', 'township'],
  ApproveDisbursement: ['finance'],
  RejectDisbursement: ['clerk', 'finance', 'township'],
  DisburseFunds: ['finance'],
  ReverseDisbursement: ['finance'],
  ReturnFunds: ['finance'],
  RecallAllocation: ['finance'],
  StartProject: ['clerk', 'township'],
  CompleteProject: ['clerk', 'township'],
  AcceptProject: ['clerk'],
  RegisterAsset: ['clerk', 'township'],
  DistributeBenefit: ['clerk', 'township'],
  CloseAllocation: ['clerk'],
  PostAnnouncement: ['clerk', 'township'],
  EndAnnouncement: ['clerk', 'township'],
  WithdrawAnnouncement: ['clerk', 'township'],
  RaiseObjection: ['clerk', 'township'],
  AnswerObjection: ['clerk', 'township'],
  SetParameter: ['administrator'],
};

export const mayIssue = (role: Role, command: CommandType): boolean =>
  ISSUERS[command].includes(role);

/** The roles that may issue a command, for the sentence that refuses the others. */
export const issuersOf = (command: CommandType): readonly Role[] => ISSUERS[command];
