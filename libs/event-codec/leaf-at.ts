import type { EventStore } from '#event-store/port';
import { eventLine, leafOfLine } from './event-line.ts';

/**
 * The leaf of the event at a position of a log; undefined where it has none. As a leaf stands for all
 * that was written of an event, it tells two logs of one length apart.
 */
export const leafAt = async (
  store: Pick<EventStore, 'readAll'>,
  position: number,
): Promise<string | undefined> => {
  if (position < 1) return undefined;
  for await (const event of store.readAll({ from: BigInt(position), limit: 1 })) {
    return leafOfLine(eventLine(event));
  }
  return undefined;
};
