import { toLedgerEvent } from '#event-codec/decode';
import type { EventStore, RecordedEvent } from '#event-store/port';
import { eventsAt } from '#history/questions/events-at';
import type { Actor } from '#ledger/context';
import { eventSentence, type Sentence } from '../event-sentence.ts';

/** An event as it is named beside a figure that it explains. */
export interface EventView {
  readonly position: number;
  readonly id: string;
  readonly type: string;
  readonly occurredOn: string;
  readonly recordedAt: string;
  readonly actor: Actor;
  readonly sentence: Sentence;
}

export const presentEvent = (recorded: RecordedEvent): EventView => {
  const event = toLedgerEvent(recorded);
  const { id, type, occurredOn, recordedAt, actor } = event;
  const position = Number(event.position);
  return { position, id, type, occurredOn, recordedAt, actor, sentence: eventSentence(event) };
};

/** The things said of positions, each beside its event. */
export const withEvents = async <Said extends { readonly position: number }>(
  store: EventStore,
  said: readonly Said[],
): Promise<readonly (Said & { readonly event: EventView })[]> => {
  const events = new Map<number, EventView>();
  for (const event of await eventsAt(
    store,
    said.map(({ position }) => position),
  )) {
    events.set(Number(event.position), presentEvent(event));
  }
  return said.map((one) => {
    const event = events.get(one.position);
    if (event === undefined) throw new Error(`The log has no event at position ${one.position}.`);
    return { ...one, event };
  });
};
