/** What the rules need to know of one announcement. */
export interface AnnouncementState {
  readonly status: 'none' | 'running' | 'ended' | 'withdrawn';
  /** By objection id. */
  readonly objections: ReadonlyMap<string, 'raised' | 'answered'>;
}

export const noAnnouncement = (): AnnouncementState => ({ status: 'none', objections: new Map() });
