/** What the rules need to know of one notice. */
export interface NoticeState {
  readonly status: 'none' | 'issued' | 'withdrawn';
}

export const noNotice = (): NoticeState => ({ status: 'none' });
