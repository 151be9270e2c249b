import type { BusinessDate } from '../calendar.ts';

/** What the rules need to know of one notice. */
export interface NoticeState {
  readonly status: 'none' | 'issued' | 'withdrawn';
  readonly issuedOn?: BusinessDate;
  readonly withdrawnOn?: BusinessDate;
}

export const noNotice = (): NoticeState => ({ status: 'none' });
