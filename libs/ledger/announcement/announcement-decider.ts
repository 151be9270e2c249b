import type { Decider } from '../decision.ts';
import type { AnnouncementCommand } from './announcement-commands.ts';
import type { AnnouncementEvent } from './announcement-events.ts';
import { noAnnouncement, type AnnouncementState } from './announcement-state.ts';
import { decide } from './decide.ts';
import { evolve } from './evolve.ts';

/** `announcement-<id>`. */
export const announcementDecider: Decider<
  AnnouncementCommand,
  AnnouncementState,
  AnnouncementEvent
> = {
  initialState: noAnnouncement,
  decide,
  evolve,
};
