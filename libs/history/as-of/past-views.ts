import type { EventStore } from '#event-store/port';
import { dayNumber } from '#ledger/calendar';
import { introducedBy, isDirectoryEvent, reliedOnBy } from '#ledger/event-types';
import type { ViewEvent } from '#projections/engine/view-event';
import { openViews } from '#projections/open-views';
import type { RunningViews } from '#projections/engine/running-views';
import type { ViewEventSource } from '#projections/engine/event-source';
import type { View } from '#projections/engine/view';
import { isWithin, type AsOf } from './as-of.ts';

/**
 * Views folded from the events within the bounds alone, in memory: what they would have shown. The
 * folds are those of the live views, so there is nothing here that could disagree with them.
 */
export const openPastViews = async (
  store: EventStore,
  source: ViewEventSource,
  views: readonly View[],
  asOf: AsOf,
  onProgress?: Parameters<RunningViews['catchUp']>[0],
): Promise<RunningViews> => {
  const past = openViews({ file: ':memory:', store, views, source: pastSource(source, asOf) });
  await past.catchUp(onProgress);
  return past;
};

const pastSource = (source: ViewEventSource, asOf: AsOf): ViewEventSource => ({
  async *batches(from, reads) {
    const isRead = ({ type }: ViewEvent) => reads.includes(type);
    const take = takenWithin(asOf, isRead);
    for await (const { events, through } of source.batches(from, reads)) {
      yield { events: events.flatMap(take), through: Math.min(through, asOf.position) };
      if (through >= asOf.position) return;
    }
  },
});

/**
 * Events within the bounds. When one is dated earlier than an event that it relies on, that one
 * comes along, without its money, so that the early one is understood.
 */
const takenWithin = (asOf: AsOf, isRead: (event: ViewEvent) => boolean) => {
  const withheld = new Map<string, ViewEvent>();
  const begun = new Set<string>();
  const reliedOn = (event: ViewEvent): readonly ViewEvent[] =>
    [event.stream, ...(isRead(event) ? reliedOnBy(event) : [])].flatMap((name) => {
      const maker = withheld.get(name);
      withheld.delete(name);
      return maker === undefined ? [] : [...reliedOn(maker), withoutMoney(maker)];
    });
  return (event: ViewEvent): readonly ViewEvent[] => {
    if (event.position > asOf.position) return [];
    // Nothing that follows can be understood: the views halt at it.
    if (!event.isReadable) return [event];
    const isBeginning = !begun.has(event.stream);
    if (isBeginning) begun.add(event.stream);
    const day = dayNumber(event.occurredOn);
    if (isDirectoryEvent(event)) return [event];
    if (isWithin({ position: event.position, day }, asOf)) return [...reliedOn(event), event];
    if (!isRead(event)) return [];
    if (isBeginning) withheld.set(event.stream, event);
    for (const name of introducedBy(event)) withheld.set(name, event);
    return [];
  };
};

/** The same event, as if its sum were nothing: it is known, and its day has not come. */
const withoutMoney = (event: ViewEvent): ViewEvent => {
  const { position, id, stream, occurredOn, type, data, transfer } = event;
  const known = { isReadable: true, version: event.version };
  const none = transfer === undefined ? undefined : { ...transfer, amountFen: 0 };
  // The fields of a view event, copied one by one because some are getters.
  return {
    position,
    id,
    stream,
    occurredOn,
    type,
    data,
    transfer: none,
    meta: {},
    ...known,
  } as ViewEvent;
};
