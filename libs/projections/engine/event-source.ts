import type { EventStore } from '#event-store/port';
import { toViewEvent, type ViewEvent } from './view-event.ts';
import type { Reads } from './view.ts';

/** Where views read the log in bulk, from a position (inclusive). */
export interface ViewEventSource {
  batches(from: number, reads: Reads): AsyncIterable<ViewEventBatch>;
}

/** Events in the order of the log: all that a fold needs up to `through`, and each that this release cannot read. */
export interface ViewEventBatch {
  readonly events: readonly ViewEvent[];
  readonly through: number;
}

const BATCH_EVENTS = 4_000;

/** The events of any store, as a view sees them. */
export const viewEventsOf = (store: EventStore): ViewEventSource => ({
  async *batches(from, reads) {
    let events: ViewEvent[] = [];
    let through = from - 1;
    for await (const event of store.readAll({ from: BigInt(from) })) {
      const seen = toViewEvent(event);
      if (isRead(seen, reads)) events.push(seen);
      through = Number(event.position);
      if (events.length < BATCH_EVENTS) continue;
      yield { events, through };
      events = [];
    }
    if (through >= from) yield { events, through };
  },
});

/** What a bulk reader need not show, no reader shows: a view that reads another type is found out. */
const isRead = (event: ViewEvent, reads: Reads): boolean =>
  !event.isReadable || event.transfer !== undefined || reads.includes(event.type);

/** The first event of a log that this release does not know: its type, or the version of its data. */
export const firstUnreadable = async (source: ViewEventSource): Promise<ViewEvent | undefined> => {
  for await (const { events } of source.batches(1, [])) {
    const unreadable = events.find(({ isReadable }) => !isReadable);
    if (unreadable !== undefined) return unreadable;
  }
  return undefined;
};
