import type { CommandOf } from '../decision.ts';
import type { NoticeWithdrawal, PrintedNotice } from './notice-events.ts';

/** What may be asked of a notice. */
export type NoticeCommand = IssueNotice | WithdrawNotice;

export type IssueNotice = CommandOf<'IssueNotice', NoticeToIssue>;

export interface NoticeToIssue extends PrintedNotice {
  /** Absent for the first, whose commands are those of releases that knew no editions. */
  readonly edition?: number;
}

export type WithdrawNotice = CommandOf<'WithdrawNotice', WithdrawalOfNotice>;

export interface WithdrawalOfNotice extends Omit<NoticeWithdrawal, 'voids'> {
  readonly voids?: readonly string[];
}
