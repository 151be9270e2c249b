import { eventLine, leafOfLine } from '#event-codec/event-line';
import { leafAt } from '#event-codec/leaf-at';
import type { EventStore, RecordedEvent } from '#event-store/port';
import type { Folded } from './generation.ts';

/** Whether the newest event that was folded is an event of this log. Views of another one are built anew. */
export const isOfLog = async (folded: Folded | undefined, store: EventStore): Promise<boolean> =>
  folded === undefined ||
  folded.position === 0 ||
  (await leafAt(store, folded.position)) === folded.leaf;

/** The event at a position of a log, as `folded_log` remembers it; undefined where there is none. */
export const foldedAt = async (
  store: EventStore,
  position: number,
): Promise<Folded | undefined> => {
  const leaf = await leafAt(store, position);
  return leaf === undefined ? undefined : { position, leaf };
};

/** An event as `folded_log` remembers it. */
export const foldedThrough = (event: RecordedEvent): Folded => ({
  position: Number(event.position),
  leaf: leafOfLine(eventLine(event)),
});
