import { accept, refuse, type Decision } from '../decision.ts';
import type { EndAnnouncement } from './announcement-commands.ts';
import type { AnnouncementEvent } from './announcement-events.ts';
import type { AnnouncementState } from './announcement-state.ts';
import { noLongerRunning } from './no-longer-running.ts';

/** 期满: the period is over. */
export const endAnnouncement = (
  { data }: EndAnnouncement,
  announcement: AnnouncementState,
): Decision<AnnouncementEvent> => {
  const refusal = noLongerRunning(announcement, data.announcementId);
  if (refusal) return refuse(refusal);
  return accept({ type: 'AnnouncementEnded', data });
};
