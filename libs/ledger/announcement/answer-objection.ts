import { accept, refuse, type Decision } from '../decision.ts';
import type { AnswerObjection } from './announcement-commands.ts';
import type { AnnouncementEvent } from './announcement-events.ts';
import type { AnnouncementState } from './announcement-state.ts';

/** 答复异议: once for each objection. */
export const answerObjection = (
  { data }: AnswerObjection,
  { objections }: AnnouncementState,
): Decision<AnnouncementEvent> => {
  const { objectionId } = data;
  const status = objections.get(objectionId);
  if (status === undefined) return refuse({ code: 'objection-not-found', objectionId });
  if (status === 'answered') return refuse({ code: 'objection-already-answered', objectionId });
  return accept({ type: 'ObjectionAnswered', data });
};
