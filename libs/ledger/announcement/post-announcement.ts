import { daysBetween } from '../calendar.ts';
import { accept, refuse, type Decision } from '../decision.ts';
import type { PostAnnouncement } from './announcement-commands.ts';
import type { AnnouncementEvent } from './announcement-events.ts';
import type { AnnouncementState } from './announcement-state.ts';

/** Two years: a longer period is a slip of the pen. */
const MOST_DAYS = 731;

/** 张贴: covers at least one allocation, for a period of at least one day and at most two years. */
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
  if (daysBetween(from, until) >= MOST_DAYS) {
    return refuse({ code: 'period-too-long', from, until, mostDays: MOST_DAYS });
  }
  return accept({ type: 'AnnouncementPosted', data });
};
