import type { BusinessDate } from './calendar.ts';
import type { Refusal } from './refusals.ts';

/** A fact that others come after, on the same day at the earliest. */
export type EarlierFact =
  | 'notice'
  | 'allocation'
  | 'request'
  | 'approval'
  | 'payment'
  | 'movement'
  | 'start'
  | 'completion'
  | 'posting'
  | 'objection';

/** Refusal of a date before that of the fact it comes after. */
export const beforeItsFact = (
  occurredOn: BusinessDate,
  fact: EarlierFact,
  on: BusinessDate | undefined,
): Refusal | undefined =>
  on !== undefined && occurredOn < on
    ? { code: 'dated-before-its-fact', occurredOn, fact, on }
    : undefined;
