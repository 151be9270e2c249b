import type { EventMark } from '../decision.ts';
import type { NoticeEvent } from './notice-events.ts';
import type { NoticeState } from './notice-state.ts';

/** The state after an event. */
export const evolve = (
  notice: NoticeState,
  event: NoticeEvent,
  { occurredOn }: EventMark,
): NoticeState => {
  switch (event.type) {
    case 'NoticeIssued':
      return { status: 'issued', issuedOn: occurredOn };
    case 'NoticeWithdrawn':
      return { ...notice, status: 'withdrawn', withdrawnOn: occurredOn };
    default:
      return event satisfies never;
  }
};
