import type { EventMark } from '../decision.ts';
import type { AnnouncementEvent } from './announcement-events.ts';
import type { AnnouncementState, ObjectionState } from './announcement-state.ts';

/** The state after an event. */
export const evolve = (
  announcement: AnnouncementState,
  event: AnnouncementEvent,
  { id, occurredOn }: EventMark,
): AnnouncementState => {
  switch (event.type) {
    case 'AnnouncementPosted':
      return { ...announcement, status: 'running', postedOn: occurredOn };
    case 'AnnouncementEnded':
      return { ...announcement, status: 'ended', end: { id, occurredOn } };
    case 'AnnouncementEndRevoked':
      return { ...announcement, status: 'running' };
    case 'AnnouncementWithdrawn':
      return { ...announcement, status: 'withdrawn' };
    case 'ObjectionRaised':
      return withObjection(announcement, event.data.objectionId, {
        status: 'raised',
        newest: { fact: 'objection', on: occurredOn },
      });
    case 'ObjectionAnswered':
      return changed(announcement, event.data.objectionId, {
        status: 'answered',
        newest: { fact: 'answer', on: occurredOn },
        answer: { id, occurredOn },
      });
    case 'ObjectionAnswerRevoked':
      return changed(announcement, event.data.objectionId, {
        status: 'raised',
        newest: { fact: 'revocation', on: occurredOn },
      });
    case 'ObjectionWithdrawn':
      return changed(announcement, event.data.objectionId, { status: 'withdrawn' });
    default:
      return event satisfies never;
  }
};

const withObjection = (
  announcement: AnnouncementState,
  objectionId: string,
  objection: ObjectionState,
): AnnouncementState => ({
  ...announcement,
  objections: new Map(announcement.objections).set(objectionId, objection),
});

const changed = (
  announcement: AnnouncementState,
  objectionId: string,
  changes: Partial<ObjectionState>,
): AnnouncementState => {
  const objection = announcement.objections.get(objectionId);
  if (objection === undefined)
    throw new Error(`The log names objection ${objectionId}, never raised.`);
  return withObjection(announcement, objectionId, { ...objection, ...changes });
};
