import type { CommandContext } from '../context.ts';
import { accept, refuse, type Decision } from '../decision.ts';
import { beforeItsFact } from '../order-of-days.ts';
import type { AnswerObjection } from './announcement-commands.ts';
import type { AnnouncementEvent } from './announcement-events.ts';
import type { AnnouncementState } from './announcement-state.ts';

/** 答复异议: once for each objection, and anew after the answer was revoked. */
export const answerObjection = (
  { data }: AnswerObjection,
  { objections }: AnnouncementState,
  { occurredOn }: CommandContext,
): Decision<AnnouncementEvent> => {
  const { objectionId } = data;
  const objection = objections.get(objectionId);
  if (objection === undefined) return refuse({ code: 'objection-not-found', objectionId });
  if (objection.status === 'withdrawn') {
    return refuse({ code: 'objection-already-withdrawn', objectionId });
  }
  if (objection.status === 'answered') {
    return refuse({ code: 'objection-already-answered', objectionId });
  }
  const { fact, on } = objection.newest;
  const early = beforeItsFact(occurredOn, fact, on);
  if (early) return refuse(early);
  return accept({ type: 'ObjectionAnswered', data });
};
