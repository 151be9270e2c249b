import type { EventStore, RecordedEvent } from '#event-store/port';

/** Events at positions, in the order given; a position given twice yields its event once. */
export const eventsAt = async (
  store: EventStore,
  positions: readonly number[],
): Promise<readonly RecordedEvent[]> => {
  const events: RecordedEvent[] = [];
  for (const position of new Set(positions)) {
    for await (const event of store.readAll({ from: BigInt(position), limit: 1 })) {
      events.push(event);
    }
  }
  return events;
};
