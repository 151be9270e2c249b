import type { EventStore } from '#event-store/port';
import { dayNumber } from '#ledger/calendar';
import type { EventType } from '#ledger/event-types';
import type { ViewEvent } from '#projections/view-event';
import { openViews, type RunningViews, type ViewEventSource } from '#projections/views';
import type { View } from '#projections/view';
import { isWithin, type Bounds } from './bounds.ts';

/**
 * Views folded from the events within the bounds alone, in memory: what they would have shown. The
 * folds are those of the live views, so there is nothing here that could disagree with them.
 */
export const openPastViews = async (
  store: EventStore,
  source: ViewEventSource,
  views: readonly View[],
  bounds: Bounds,
  onProgress?: Parameters<RunningViews['catchUp']>[0],
): Promise<RunningViews> => {
  const past = openViews({ file: ':memory:', store, views, source: pastSource(source, bounds) });
  await past.catchUp(onProgress);
  return past;
};

/** What is so by being known, whatever date it was given: a register of names, not of happenings. */
const DIRECTORY: ReadonlySet<EventType> = new Set([
  'PlaceRegistered',
  'PlaceCodeAssigned',
  'PayeeRegistered',
  'PayeeChanged',
]);

const pastSource = (source: ViewEventSource, bounds: Bounds): ViewEventSource => ({
  async *batches(from, reads) {
    const take = takenWithin(bounds);
    for await (const { events, through } of source.batches(from, reads)) {
      yield { events: events.flatMap(take), through: Math.min(through, bounds.position) };
      if (through >= bounds.position) return;
    }
  },
});

/**
 * Events within the bounds. When one is dated earlier than the event its stream began with, the
 * beginning comes along, without its money, so that the early one is understood.
 */
const takenWithin = (bounds: Bounds) => {
  const laterBeginnings = new Map<string, ViewEvent>();
  const begun = new Set<string>();
  return (event: ViewEvent): readonly ViewEvent[] => {
    if (event.position > bounds.position) return [];
    const isBeginning = !begun.has(event.stream);
    if (isBeginning) begun.add(event.stream);
    const day = dayNumber(event.occurredOn);
    if (DIRECTORY.has(event.type)) return [event];
    if (!isWithin({ position: event.position, day }, bounds)) {
      if (isBeginning) laterBeginnings.set(event.stream, event);
      return [];
    }
    const beginning = laterBeginnings.get(event.stream);
    if (beginning === undefined) return [event];
    laterBeginnings.delete(event.stream);
    return [withoutMoney(beginning), event];
  };
};

/** The same event, as if its sum were nothing: it is known, and its day has not come. */
const withoutMoney = (event: ViewEvent): ViewEvent => {
  const { position, id, stream, occurredOn, type, data, movement } = event;
  const none = movement === undefined ? undefined : { ...movement, amountFen: 0 };
  // The fields of a view event, copied one by one because some are getters.
  return { position, id, stream, occurredOn, type, data, movement: none, meta: {} } as ViewEvent;
};
