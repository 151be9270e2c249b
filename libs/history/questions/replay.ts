import type { EventStore, RecordedEvent } from '#event-store/port';
import { dateOfDayNumber, dayNumber, isBusinessDate } from '#ledger/calendar';
import type { ReadDatabase } from '#projections/engine/read-database';
import type { BalanceReport, PlaceBalance } from '#projections/village-balance/query';
import { balancesAt } from './balances-at.ts';
import type { AsOf } from '../as-of/as-of.ts';
import type { History } from '../postings/history.ts';
import { NO_DAY_LIMIT } from '../as-of/as-of-request.ts';
import { eventsAt } from './events-at.ts';

/**
 * Where a replay stands: after a business day, with everything that is known now, or after an event
 * of the log, whatever its date. Steps go by days or by events accordingly.
 */
export type Handle =
  | { readonly axis: 'day'; readonly day: number }
  | { readonly axis: 'log'; readonly position: number };

/** A day that people go back to by name. */
export interface Checkpoint {
  readonly name: string;
  readonly zh: string;
  readonly day: number;
}

/** The ledger at one step, and what the step has changed. */
export interface Frame {
  readonly handle: Handle;
  readonly asOf: AsOf;
  readonly balances: BalanceReport;
  /** Places whose figures the step has changed, before and after. */
  readonly changed: readonly {
    readonly before: PlaceBalance | undefined;
    readonly after: PlaceBalance | undefined;
  }[];
  /** The events of the step. */
  readonly events: readonly RecordedEvent[];
  readonly previous: Handle | undefined;
  readonly next: Handle | undefined;
}

export const asOfOf = (handle: Handle, head: number): AsOf =>
  handle.axis === 'day'
    ? { position: head, day: handle.day }
    : { position: handle.position, day: NO_DAY_LIMIT };

/** The frame of a handle. */
export const frameAt = async (
  history: History,
  store: EventStore,
  handle: Handle,
): Promise<Frame> => {
  const head = history.position;
  const steps = stepsAround(history, handle);
  const asOf = asOfOf(handle, head);
  const balances = balancesAt(history, asOf);
  const before =
    steps.previous === undefined ? undefined : balancesAt(history, asOfOf(steps.previous, head));
  const events = await eventsOf(history, store, handle);
  return { handle, asOf, balances, changed: changes(before, balances), events, ...steps };
};

/** The step before and the step after, as far as there are any. */
const stepsAround = (
  { postings, position: head }: History,
  handle: Handle,
): Pick<Frame, 'previous' | 'next'> => {
  if (handle.axis === 'log') {
    const { position } = handle;
    return {
      previous: position > 0 ? { axis: 'log', position: position - 1 } : undefined,
      next: position < head ? { axis: 'log', position: position + 1 } : undefined,
    };
  }
  let [earlier, later] = [-1, Infinity];
  postings.each({ position: head, day: NO_DAY_LIMIT }, ({ day }) => {
    if (day < handle.day) earlier = Math.max(earlier, day);
    if (day > handle.day) later = Math.min(later, day);
  });
  return {
    previous: earlier < 0 ? undefined : { axis: 'day', day: earlier },
    next: later === Infinity ? undefined : { axis: 'day', day: later },
  };
};

/** On a day, the events that moved money then; in the log, the one event at the position. */
const eventsOf = async (
  { postings, position: head }: History,
  store: EventStore,
  handle: Handle,
): Promise<readonly RecordedEvent[]> => {
  if (handle.axis === 'log') return handle.position === 0 ? [] : eventsAt(store, [handle.position]);
  const positions: number[] = [];
  postings.each({ position: head, day: handle.day }, ({ day, position }) => {
    if (day === handle.day) positions.push(position);
  });
  return eventsAt(
    store,
    positions.sort((left, right) => left - right),
  );
};

const changes = (before: BalanceReport | undefined, after: BalanceReport): Frame['changed'] => {
  const was = new Map(before?.places.map((place) => [place.placeId, place]));
  const is = new Map(after.places.map((place) => [place.placeId, place]));
  return [...new Set([...was.keys(), ...is.keys()])]
    .map((placeId) => ({ before: was.get(placeId), after: is.get(placeId) }))
    .filter((pair) => JSON.stringify(pair.before) !== JSON.stringify(pair.after));
};

/** Days of issue, ends of fiscal years, and days that a parameter names, such as `audit-start`. */
export const checkpoints = ({ dimensions }: History, db: ReadDatabase): readonly Checkpoint[] => {
  const issues = new Map<string, Checkpoint>();
  const years = new Map<number, Checkpoint>();
  for (const { noticeId, day, fiscalYear } of dimensions.allocations) {
    if (!issues.has(noticeId)) {
      const name = issues.size === 0 ? 'issue' : `issue-${issues.size + 1}`;
      issues.set(noticeId, { name, zh: `下达(${documentOf(db, noticeId)})`, day });
    }
    const end = dayNumber(`${fiscalYear}-12-31`);
    years.set(fiscalYear, { name: `year-end-${fiscalYear}`, zh: `${fiscalYear} 年末`, day: end });
  }
  const named = db
    .all<{ parameterId: string; validFrom: string }>(
      `SELECT parameterId, validFrom FROM announcement_parameter
       WHERE parameterId LIKE 'audit-start%' ORDER BY validFrom`,
    )
    .map(({ parameterId, validFrom }) => ({
      name: parameterId,
      zh: '审计开始',
      day: dayNumber(validFrom),
    }));
  return [...issues.values(), ...years.values(), ...named];
};

const documentOf = (db: ReadDatabase, noticeId: string): string =>
  db.get<{ documentNumber: string }>(
    'SELECT documentNumber FROM notice WHERE noticeId = ?',
    noticeId,
  )?.documentNumber ?? noticeId;

export type FoundHandle =
  | { readonly kind: 'handle'; readonly handle: Handle }
  | { readonly kind: 'unknown'; readonly zh: string; readonly en: string };

/** The handle that a text names: `start`, `end`, a date, a position, or a checkpoint. */
export const findHandle = (
  text: string,
  head: number,
  named: readonly Checkpoint[],
): FoundHandle => {
  const found = (handle: Handle): FoundHandle => ({ kind: 'handle', handle });
  if (text === 'start') return found({ axis: 'log', position: 0 });
  if (text === 'end') return found({ axis: 'log', position: head });
  if (isBusinessDate(text)) return found({ axis: 'day', day: dayNumber(text) });
  if (/^\d{1,15}$/.test(text)) {
    const position = Number(text);
    if (position <= head) return found({ axis: 'log', position });
    return {
      kind: 'unknown',
      zh: `日志只到位置 ${head},没有 ${text}。`,
      en: `The log ends at position ${head}; there is no ${text}.`,
    };
  }
  const checkpoint = named.find(({ name }) => name === text);
  if (checkpoint !== undefined) return found({ axis: 'day', day: checkpoint.day });
  const names = named.map(({ name }) => name).join('、');
  return {
    kind: 'unknown',
    zh: `“${text}”不是日期、日志位置,也不是检查点(${names})。`,
    en: `“${text}” is no date, no position, and no checkpoint (${names}).`,
  };
};

/** How a handle is written so that it can be typed again. */
export const handleText = (handle: Handle): string =>
  handle.axis === 'day' ? dateOfDayNumber(handle.day) : `${handle.position}`;
