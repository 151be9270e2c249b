import type { CommandContext } from '../context.ts';
import type { Refusal } from '../refusals.ts';
import type { FundCommand } from './fund-commands.ts';
import type { FundState } from './fund-state.ts';

/**
 * Commands that call for money of a notice that is still to come, or to be spent: arrivals, requests,
 * payments in advance, and what an adjustment adds. What has arrived may still be paid, returned, recalled,
 * given to other rows and taken back; a leg that was reserved before the withdrawal is applied.
 */
export const callsForMoney = ({ type, data }: FundCommand): boolean =>
  type === 'ReceiveFunds' ||
  type === 'RequestDisbursement' ||
  (type === 'ReserveAdjustment' && data.direction === 'increase') ||
  (type === 'DisburseFunds' && data.ground === 'statement' && data.from === 'advance');

/** Refusal to call for money of a row whose notice is withdrawn, whatever the day. */
export const noticeWithdrawn = (
  command: FundCommand,
  { noticeId = '' }: Pick<FundState, 'noticeId'>,
  { notice }: CommandContext,
): Refusal | undefined =>
  notice?.status === 'withdrawn' && callsForMoney(command)
    ? { code: 'notice-withdrawn', noticeId, withdrawnOn: notice.withdrawnOn ?? '' }
    : undefined;
