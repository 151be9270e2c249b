import type { CommandOf } from '../decision.ts';
import type { Notice, NoticeWithdrawal } from './notice-events.ts';

/** What may be asked of a notice. */
export type NoticeCommand = IssueNotice | WithdrawNotice;

export type IssueNotice = CommandOf<'IssueNotice', Notice>;
export type WithdrawNotice = CommandOf<'WithdrawNotice', NoticeWithdrawal>;
