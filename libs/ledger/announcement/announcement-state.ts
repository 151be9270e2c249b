import type { BusinessDate } from '../calendar.ts';

/** What the rules need to know of one announcement. */
export interface AnnouncementState {
  readonly status: 'none' | 'running' | 'ended' | 'withdrawn';
  readonly postedOn?: BusinessDate;
  /** By objection id. */
  readonly objections: ReadonlyMap<string, ObjectionState>;
}

export interface ObjectionState {
  readonly status: 'raised' | 'answered';
  readonly raisedOn: BusinessDate;
}

export const noAnnouncement = (): AnnouncementState => ({ status: 'none', objections: new Map() });
