import { accept, refuse, type Decision } from '../decision.ts';
import type { WithdrawAnnouncement } from './announcement-commands.ts';
import type { AnnouncementEvent } from './announcement-events.ts';
import type { AnnouncementState } from './announcement-state.ts';
import { noLongerRunning } from './no-longer-running.ts';

/** 撤回: taken down before its end, with a reason. */
export const withdrawAnnouncement = (
  { data }: WithdrawAnnouncement,
  announcement: AnnouncementState,
): Decision<AnnouncementEvent> => {
  const refusal = noLongerRunning(announcement, data.announcementId);
  if (refusal) return refuse(refusal);
  return accept({ type: 'AnnouncementWithdrawn', data });
};
