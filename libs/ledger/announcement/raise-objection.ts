import { accept, refuse, type Decision } from '../decision.ts';
import type { RaiseObjection } from './announcement-commands.ts';
import type { AnnouncementEvent } from './announcement-events.ts';
import type { AnnouncementState } from './announcement-state.ts';

/** 提出异议: also after the announcement has ended or was withdrawn. */
export const raiseObjection = (
  { data }: RaiseObjection,
  { objections }: AnnouncementState,
): Decision<AnnouncementEvent> =>
  objections.has(data.objectionId)
    ? refuse({ code: 'objection-already-raised', objectionId: data.objectionId })
    : accept({ type: 'ObjectionRaised', data });
