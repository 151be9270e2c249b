import { dateOfDayNumber, dayNumber, isBusinessDate } from '#ledger/calendar';
import type { AsOf } from '../as-of/as-of.ts';
import { NO_DAY_LIMIT } from '../as-of/as-of-request.ts';
import type { NamedDay } from './named-days.ts';

/**
 * A step of a replay: after a business day, with everything that is known now, or after an event
 * of the log, whatever its date. Steps go by days or by events accordingly.
 */
export type Handle =
  | { readonly axis: 'day'; readonly day: number }
  | { readonly axis: 'log'; readonly position: number };

export const asOfOf = (handle: Handle, head: number): AsOf =>
  handle.axis === 'day'
    ? { position: head, day: handle.day }
    : { position: handle.position, day: NO_DAY_LIMIT };

export type FoundHandle = { readonly kind: 'handle'; readonly handle: Handle } | UnknownHandle;

/** A text that names no step: a position beyond the log's end, or nothing at all. */
export type UnknownHandle =
  | { readonly kind: 'beyond-the-end'; readonly text: string; readonly head: number }
  | { readonly kind: 'no-handle'; readonly text: string; readonly named: readonly string[] };

/** The handle that a text names: `start`, `end`, a date, a position, or a named day. */
export const findHandle = (text: string, head: number, named: readonly NamedDay[]): FoundHandle => {
  const found = (handle: Handle): FoundHandle => ({ kind: 'handle', handle });
  if (text === 'start') return found({ axis: 'log', position: 0 });
  if (text === 'end') return found({ axis: 'log', position: head });
  if (isBusinessDate(text)) return found({ axis: 'day', day: dayNumber(text) });
  if (/^\d{1,15}$/.test(text)) {
    const position = Number(text);
    if (position <= head) return found({ axis: 'log', position });
    return { kind: 'beyond-the-end', text, head };
  }
  const day = named.find(({ name }) => name === text)?.day;
  if (day !== undefined) return found({ axis: 'day', day });
  return { kind: 'no-handle', text, named: named.map(({ name }) => name) };
};

/** How a handle is written so that it can be typed again. */
export const handleText = (handle: Handle): string =>
  handle.axis === 'day' ? dateOfDayNumber(handle.day) : `${handle.position}`;
