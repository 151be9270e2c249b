import type { BusinessDate } from './calendar.ts';
import type { EarlierFact, Refusal } from './refusals.ts';

/** Refusal of a date before that of the fact it comes after. */
export const beforeItsFact = (
  occurredOn: BusinessDate,
  fact: EarlierFact,
  on: BusinessDate | undefined,
): Refusal | undefined =>
  on !== undefined && occurredOn < on
    ? { code: 'dated-before-its-fact', occurredOn, fact, on }
    : undefined;
