import { accept, refuse, type Decision } from '../decision.ts';
import type { PostAnnouncement } from './announcement-commands.ts';
import type { AnnouncementEvent } from './announcement-events.ts';
import type { AnnouncementState } from './announcement-state.ts';

/** 张贴: covers at least one allocation, for a period of at least one day. */
export const postAnnouncement = (
  { data }: PostAnnouncement,
  { status }: AnnouncementState,
): Decision<AnnouncementEvent> => {
  const { announcementId, from, plannedUntil: until } = data;
  if (status !== 'none') return refuse({ code: 'announcement-already-posted', announcementId });
  if (data.allocationIds.length === 0) {
    return refuse({ code: 'announcement-covers-nothing', announcementId });
  }
  if (until < from) return refuse({ code: 'period-ends-before-it-begins', from, until });
  return accept({ type: 'AnnouncementPosted', data });
};
