import type { NoticeEvent } from './notice-events.ts';
import type { NoticeState } from './notice-state.ts';

/** The state after an event. */
export const evolve = (_notice: NoticeState, event: NoticeEvent): NoticeState => {
  switch (event.type) {
    case 'NoticeIssued':
      return { status: 'issued' };
    case 'NoticeWithdrawn':
      return { status: 'withdrawn' };
    default:
      return event satisfies never;
  }
};
