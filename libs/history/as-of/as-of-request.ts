import { knownThrough } from './known-through.ts';
import type { EventStore } from '#event-store/port';
import {
  businessDateOf,
  dayNumber,
  dateOfDayNumber,
  isBusinessDate,
  type BusinessDate,
  type Instant,
} from '#ledger/calendar';
import type { AsOf } from './as-of.ts';

/** A point in the past as people name it; all of it optional, as texts they typed. */
export interface AsOfRequest {
  /** What had happened by the end of this business date. */
  readonly asOf?: string;
  /** What the ledger knew at this instant, or by the end of this day. */
  readonly knownAt?: string;
  /** The same, as a position of the log. */
  readonly position?: string;
}

/** A point, and how an answer says what it reflects. */
export interface ResolvedAsOf {
  readonly asOf: AsOf;
  readonly reflects: Reflects;
}

export interface Reflects {
  readonly position: number;
  readonly asOf?: BusinessDate;
  readonly knownAt?: Instant;
}

/** What is wrong with a request, field by field. */
export type AsOfFault =
  | { readonly kind: 'not-a-day'; readonly field: 'asOf'; readonly text: string }
  | {
      readonly kind: 'day-to-come';
      readonly field: 'asOf';
      readonly text: string;
      readonly today: BusinessDate;
    }
  | { readonly kind: 'not-an-instant'; readonly field: 'knownAt'; readonly text: string }
  | { readonly kind: 'instant-to-come'; readonly field: 'knownAt'; readonly text: string }
  | { readonly kind: 'not-a-position'; readonly field: 'position'; readonly text: string }
  | {
      readonly kind: 'beyond-the-end';
      readonly field: 'position';
      readonly text: string;
      readonly head: number;
    }
  /** An instant and a position name the same thing. */
  | { readonly kind: 'named-twice'; readonly field: 'position' };

export type AsOfResolution =
  | { readonly kind: 'point'; readonly point: ResolvedAsOf }
  | { readonly kind: 'faulty'; readonly faults: readonly AsOfFault[] };

/** Whether a question is about the past at all. */
export const isAboutPast = ({ asOf, knownAt, position }: AsOfRequest): boolean =>
  asOf !== undefined || knownAt !== undefined || position !== undefined;

/** A day that no business date comes after: everything that is known. */
export const NO_DAY_LIMIT = Number.MAX_SAFE_INTEGER;

/** The last business day that a point takes in; undefined where it takes in all of them. */
export const lastDayOf = ({ day }: Pick<AsOf, 'day'>): BusinessDate | undefined =>
  day === NO_DAY_LIMIT ? undefined : dateOfDayNumber(day);

/**
 * The point a question names. Positions only grow with time, so what was known at an instant is
 * the log up to a position.
 */
export const resolveAsOf = async (
  question: AsOfRequest,
  store: EventStore,
  now: Instant,
): Promise<AsOfResolution> => {
  const faults: AsOfFault[] = [];
  const head = Number((await store.head()) ?? 0n);
  const lastDay = readAsOf(question.asOf, businessDateOf(now), faults);
  const knownAt = readKnownAt(question.knownAt, now, faults);
  let position = readPosition(question.position, head, faults);
  if (question.position !== undefined && question.knownAt !== undefined) faults.push(BOTH);
  if (faults.length > 0) return { kind: 'faulty', faults };
  if (knownAt !== undefined) position = await knownThrough(store, knownAt, head);
  const asOf = { position, day: lastDay === undefined ? NO_DAY_LIMIT : dayNumber(lastDay) };
  const reflects = {
    position,
    ...(lastDay === undefined ? {} : { asOf: lastDay }),
    ...(knownAt === undefined ? {} : { knownAt }),
  };
  return { kind: 'point', point: { asOf, reflects } };
};

const readAsOf = (
  text: string | undefined,
  today: BusinessDate,
  faults: AsOfFault[],
): BusinessDate | undefined => {
  if (text === undefined) return undefined;
  if (!isBusinessDate(text)) {
    faults.push({ kind: 'not-a-day', field: 'asOf', text });
  } else if (text > today) {
    faults.push({ kind: 'day-to-come', field: 'asOf', text, today });
  }
  return text;
};

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/;

/** A day means its end in Shanghai; an instant carries its own zone. */
const readKnownAt = (
  text: string | undefined,
  now: Instant,
  faults: AsOfFault[],
): Instant | undefined => {
  if (text === undefined) return undefined;
  const instant = isBusinessDate(text) ? endOfDay(text, now) : instantOf(text);
  if (instant === undefined) {
    faults.push({ kind: 'not-an-instant', field: 'knownAt', text });
  } else if (instant > now) {
    faults.push({ kind: 'instant-to-come', field: 'knownAt', text });
  }
  return instant;
};

/** The end of a day, or now while the day is still going on. */
const endOfDay = (day: BusinessDate, now: Instant): Instant => {
  if (day === businessDateOf(now)) return now;
  // Midnight in Shanghai is 16:00 in UTC.
  return `${day}T15:59:59.999Z`;
};

const instantOf = (text: string): Instant | undefined => {
  if (!INSTANT.test(text) || !isBusinessDate(text.slice(0, 10))) return undefined;
  const milliseconds = Date.parse(text);
  return Number.isNaN(milliseconds) ? undefined : new Date(milliseconds).toISOString();
};

const readPosition = (text: string | undefined, head: number, faults: AsOfFault[]): number => {
  if (text === undefined) return head;
  if (!/^\d{1,15}$/.test(text)) {
    faults.push({ kind: 'not-a-position', field: 'position', text });
  } else if (Number(text) > head) {
    faults.push({ kind: 'beyond-the-end', field: 'position', text, head });
  }
  return Number(text);
};

const BOTH: AsOfFault = { kind: 'named-twice', field: 'position' };
