import type { BusinessDate } from '../calendar.ts';
import type { EventMark } from '../decision.ts';
import type { EarlierFact } from '../refusals.ts';

/** What the rules need to know of one announcement. */
export interface AnnouncementState {
  readonly status: 'none' | 'running' | 'ended' | 'withdrawn';
  readonly postedOn?: BusinessDate;
  /** The event by which it ended last, where it has. */
  readonly end?: EventMark;
  /** By objection id. */
  readonly objections: ReadonlyMap<string, ObjectionState>;
}

export interface ObjectionState {
  readonly status: 'raised' | 'answered' | 'withdrawn';
  /** What happened to it last: nothing later is dated before it. */
  readonly newest: {
    readonly fact: Extract<EarlierFact, 'objection' | 'answer' | 'revocation'>;
    readonly on: BusinessDate;
  };
  /** Its newest answer, where it has been answered. */
  readonly answer?: EventMark;
}

export const noAnnouncement = (): AnnouncementState => ({ status: 'none', objections: new Map() });
