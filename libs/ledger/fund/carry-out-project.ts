import type { CommandContext } from '../context.ts';
import { accept, refuse, type Decision } from '../decision.ts';
import { beforeItsFact } from '../order-of-days.ts';
import type { CommandNamed } from './fund-commands.ts';
import type { FundEvent } from './fund-events.ts';
import type { FundState } from './fund-state.ts';

/** 开工. */
export const startProject = (
  { data }: CommandNamed<'StartProject'>,
  { project }: FundState,
): Decision<FundEvent> =>
  project === 'none'
    ? accept({ type: 'ProjectStarted', data })
    : refuse({ code: 'project-already-started' });

/** 完工. */
export const completeProject = (
  { data }: CommandNamed<'CompleteProject'>,
  { project, projectOn }: FundState,
  { occurredOn }: CommandContext,
): Decision<FundEvent> => {
  if (project === 'none') return refuse({ code: 'project-not-started' });
  if (project !== 'started') return refuse({ code: 'project-already-completed' });
  const early = beforeItsFact(occurredOn, 'start', projectOn);
  if (early) return refuse(early);
  return accept({ type: 'ProjectCompleted', data });
};

/** 验收. */
export const acceptProject = (
  { data }: CommandNamed<'AcceptProject'>,
  { project, projectOn }: FundState,
  { occurredOn }: CommandContext,
): Decision<FundEvent> => {
  if (project === 'accepted') return refuse({ code: 'project-already-accepted' });
  if (project !== 'completed') return refuse({ code: 'project-not-completed' });
  const early = beforeItsFact(occurredOn, 'completion', projectOn);
  if (early) return refuse(early);
  return accept({ type: 'ProjectAccepted', data });
};
