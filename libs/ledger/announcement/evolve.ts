import type { AnnouncementEvent } from './announcement-events.ts';
import type { AnnouncementState } from './announcement-state.ts';

/** The state after an event. */
export const evolve = (
  announcement: AnnouncementState,
  event: AnnouncementEvent,
): AnnouncementState => {
  switch (event.type) {
    case 'AnnouncementPosted':
      return { ...announcement, status: 'running' };
    case 'AnnouncementEnded':
      return { ...announcement, status: 'ended' };
    case 'AnnouncementWithdrawn':
      return { ...announcement, status: 'withdrawn' };
    case 'ObjectionRaised':
      return withObjection(announcement, event.data.objectionId, 'raised');
    case 'ObjectionAnswered':
      return withObjection(announcement, event.data.objectionId, 'answered');
    default:
      return event satisfies never;
  }
};

const withObjection = (
  announcement: AnnouncementState,
  objectionId: string,
  status: 'raised' | 'answered',
): AnnouncementState => ({
  ...announcement,
  objections: new Map(announcement.objections).set(objectionId, status),
});
