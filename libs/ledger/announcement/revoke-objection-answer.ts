import type { CommandContext } from '../context.ts';
import { accept, refuse, type Decision } from '../decision.ts';
import { beforeItsFact } from '../order-of-days.ts';
import type { RevokeObjectionAnswer } from './announcement-commands.ts';
import type { AnnouncementEvent } from './announcement-events.ts';
import type { AnnouncementState } from './announcement-state.ts';

/** 撤销答复: the answer was entered wrongly, and the objection is open again. Not dated before the answer. */
export const revokeObjectionAnswer = (
  { data }: RevokeObjectionAnswer,
  { objections }: AnnouncementState,
  { occurredOn }: CommandContext,
): Decision<AnnouncementEvent> => {
  const { objectionId, reversedEventId } = data;
  const objection = objections.get(objectionId);
  if (objection === undefined) return refuse({ code: 'objection-not-found', objectionId });
  const { status, answer } = objection;
  if (status === 'withdrawn') return refuse({ code: 'objection-already-withdrawn', objectionId });
  if (status !== 'answered' || answer?.id !== reversedEventId) {
    return refuse({ code: 'objection-not-answered', objectionId });
  }
  const early = beforeItsFact(occurredOn, 'entry', answer.occurredOn);
  if (early) return refuse(early);
  return accept({ type: 'ObjectionAnswerRevoked', data });
};
