import type { CommandContext } from '../context.ts';
import { accept, refuse, type Decision } from '../decision.ts';
import { beforeItsFact } from '../order-of-days.ts';
import type { WithdrawNotice } from './notice-commands.ts';
import type { NoticeEvent } from './notice-events.ts';
import type { NoticeState } from './notice-state.ts';

/** 撤回: with a reason, once. What it voids is carried out by the work that it begins. */
export const withdrawNotice = (
  { data }: WithdrawNotice,
  { status, issuedOn }: NoticeState,
  { occurredOn }: CommandContext,
): Decision<NoticeEvent> => {
  const { noticeId } = data;
  if (status === 'none') return refuse({ code: 'notice-not-issued', noticeId });
  if (status === 'withdrawn') return refuse({ code: 'notice-already-withdrawn', noticeId });
  const early = beforeItsFact(occurredOn, 'notice', issuedOn);
  if (early) return refuse(early);
  return accept({ type: 'NoticeWithdrawn', data: { ...data, voids: data.voids ?? [] } });
};
