import type { Refusal } from '../refusals.ts';
import type { AnnouncementState } from './announcement-state.ts';

/** Refusal to end or withdraw what has been ended or withdrawn already. */
export const noLongerRunning = (
  { status }: AnnouncementState,
  announcementId: string,
): Refusal | undefined => {
  if (status === 'ended') return { code: 'announcement-already-ended', announcementId };
  if (status === 'withdrawn') return { code: 'announcement-already-withdrawn', announcementId };
  return undefined;
};
