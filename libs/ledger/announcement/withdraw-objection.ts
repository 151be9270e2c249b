import type { CommandContext } from '../context.ts';
import { accept, refuse, type Decision } from '../decision.ts';
import { beforeItsFact } from '../order-of-days.ts';
import type { WithdrawObjection } from './announcement-commands.ts';
import type { AnnouncementEvent } from './announcement-events.ts';
import type { AnnouncementState } from './announcement-state.ts';

/** 撤回异议: once, whether it was answered or not, and not dated before its answer. */
export const withdrawObjection = (
  { data }: WithdrawObjection,
  { objections }: AnnouncementState,
  { occurredOn }: CommandContext,
): Decision<AnnouncementEvent> => {
  const { objectionId } = data;
  const objection = objections.get(objectionId);
  if (objection === undefined) return refuse({ code: 'objection-not-found', objectionId });
  const { status, newest } = objection;
  if (status === 'withdrawn') return refuse({ code: 'objection-already-withdrawn', objectionId });
  const early = beforeItsFact(occurredOn, newest.fact, newest.on);
  if (early) return refuse(early);
  return accept({
    type: 'ObjectionWithdrawn',
    data: { ...data, statusBefore: status },
  });
};
