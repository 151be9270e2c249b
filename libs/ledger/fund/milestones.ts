import type { BusinessDate } from '../calendar.ts';
import type { Entries } from './entries.ts';

/** Where each milestone leads to. */
export const MILESTONES = {
  ProjectStarted: 'started',
  ProjectCompleted: 'completed',
  ProjectAccepted: 'accepted',
} as const;

/** Where a project stands once a milestone is taken back. */
export const BEFORE_MILESTONE = {
  started: 'none',
  completed: 'started',
  accepted: 'completed',
} as const;

type Status = 'none' | (typeof MILESTONES)[keyof typeof MILESTONES];

/** When the milestone was reached at which a project stands; undefined before the first. */
export const reachedOn = (entries: Entries, status: Status): BusinessDate | undefined =>
  [...entries.values()].findLast(
    ({ type, isReversed }) =>
      !isReversed && type in MILESTONES && MILESTONES[type as keyof typeof MILESTONES] === status,
  )?.occurredOn;
