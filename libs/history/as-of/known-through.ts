import type { EventStore } from '#event-store/port';
import type { Instant } from '#ledger/calendar';

/** Two machines record this many events, or fewer, out of the order of their instants. */
const SEAM_EVENTS = 500;

/**
 * The last position that was known at an instant: the running maximum of `recordedAt` over all
 * positions up to it is not later than the instant. Instants grow along the log, but for seams where
 * several machines recorded at the same moment; from the seam at the instant the search goes back
 * as long as it finds later events within `SEAM_EVENTS` positions.
 */
export const knownThrough = async (
  store: EventStore,
  instant: Instant,
  head: number,
): Promise<number> => {
  let known = await crossing(store, instant, head);
  for (;;) {
    const earlier = await firstLater(store, instant, Math.max(1, known - SEAM_EVENTS + 1), known);
    if (earlier === undefined) return known;
    known = earlier - 1;
  }
};

/** A position not after the instant whose successor is after it: exact where instants only grow. */
const crossing = async (store: EventStore, instant: Instant, head: number): Promise<number> => {
  let [known, unknown] = [0, head + 1];
  while (unknown - known > 1) {
    const middle = known + Math.floor((unknown - known) / 2);
    const event = await firstFrom(store, middle);
    if (event === undefined || event.recordedAt > instant) unknown = middle;
    else known = Math.max(middle, Math.min(event.position, unknown - 1));
  }
  return known;
};

/** The first position of a range (both ends inclusive) that was recorded after the instant. */
const firstLater = async (
  store: EventStore,
  instant: Instant,
  from: number,
  through: number,
): Promise<number | undefined> => {
  for await (const { position, meta } of store.readAll({ from: BigInt(from) })) {
    if (position > BigInt(through)) return undefined;
    if ((meta['recordedAt'] ?? '') > instant) return Number(position);
  }
  return undefined;
};

const firstFrom = async (store: EventStore, position: number) => {
  for await (const event of store.readAll({ from: BigInt(position), limit: 1 })) {
    return { position: Number(event.position), recordedAt: event.meta['recordedAt'] ?? '' };
  }
  return undefined;
};
