import type { EventStore, RecordedEvent } from '#event-store/port';
import type { BalanceReport, PlaceBalance } from '#projections/village-balance/query';
import type { AsOf } from '../as-of/as-of.ts';
import { NO_DAY_LIMIT } from '../as-of/as-of-request.ts';
import type { History } from '../postings/history.ts';
import { balancesAt } from './balances-at.ts';
import { eventsAt } from './events-at.ts';
import { asOfOf, type Handle } from './handle.ts';

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
