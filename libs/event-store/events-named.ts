import type { EventStore, RecordedEvent } from './port.ts';

const LEAST_CHARACTERS = 8;

/**
 * The events that a person means by a text: the one at a position, or those whose id it is, or begins
 * with it, in at least eight characters. Reads the whole log for an id.
 */
export const eventsNamed = async (
  log: Pick<EventStore, 'head' | 'readAll'>,
  name: string,
): Promise<readonly RecordedEvent[]> => {
  const found: RecordedEvent[] = [];
  const head = (await log.head()) ?? 0n;
  if (/^\d{1,15}$/.test(name) && BigInt(name) <= head) {
    for await (const event of log.readAll({ from: BigInt(name), limit: 1 })) {
      if (event.position === BigInt(name)) found.push(event);
    }
    return found;
  }
  if (name.length < LEAST_CHARACTERS) return [];
  for await (const event of log.readAll()) if (event.id.startsWith(name)) found.push(event);
  return found;
};
