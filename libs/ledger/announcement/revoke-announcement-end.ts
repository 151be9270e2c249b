import type { CommandContext } from '../context.ts';
import { accept, refuse, type Decision } from '../decision.ts';
import { beforeItsFact } from '../order-of-days.ts';
import type { RevokeAnnouncementEnd } from './announcement-commands.ts';
import type { AnnouncementEvent } from './announcement-events.ts';
import type { AnnouncementState } from './announcement-state.ts';

/** 撤销期满: the end was entered wrongly. Not dated before it. */
export const revokeAnnouncementEnd = (
  { data }: RevokeAnnouncementEnd,
  { status, end }: AnnouncementState,
  { occurredOn }: CommandContext,
): Decision<AnnouncementEvent> => {
  const { announcementId } = data;
  if (status === 'withdrawn') {
    return refuse({ code: 'announcement-already-withdrawn', announcementId });
  }
  if (status !== 'ended' || end === undefined) {
    return refuse({ code: 'announcement-not-ended', announcementId });
  }
  const early = beforeItsFact(occurredOn, 'entry', end.occurredOn);
  if (early) return refuse(early);
  return accept({ type: 'AnnouncementEndRevoked', data: { ...data, reversedEventId: end.id } });
};
