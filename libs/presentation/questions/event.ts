import { toLedgerEvent } from '#event-codec/decode';
import type { EventStore, RecordedEvent } from '#event-store/port';
import type { AsOf } from '#history/as-of/as-of';
import { eventsAt } from '#history/questions/events-at';
import type { Actor } from '#ledger/context';
import { reversalsOf, type Correction, type ReversalOf } from '#projections/corrections/query';
import type { ReadDatabase } from '#projections/engine/read-database';
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
  /** The event that it takes back, where it is a reversal. */
  readonly corrects?: readonly Correction[];
  /** Events that take it back, in whole or in part. */
  readonly correctedBy?: readonly Correction[];
}

/** What events and their links are read from, for a point of both axes. */
export interface EventSource {
  readonly store: EventStore;
  /** Has the table of corrections. */
  readonly db: ReadDatabase;
  readonly asOf: AsOf;
}

/** What happened, and what takes it back or is taken back by it. */
export const linkedSentence = ({ sentence, corrects, correctedBy }: EventView): Sentence => {
  const [ofIds, byIds] = [corrects ?? [], correctedBy ?? []].map(shortIds);
  const zh = [ofIds && `冲销 ${ofIds}`, byIds && `已由 ${byIds} 冲销`].filter(Boolean);
  const en = [ofIds && `takes back ${ofIds}`, byIds && `taken back by ${byIds}`].filter(Boolean);
  if (zh.length === 0) return sentence;
  return { zh: `${sentence.zh}〔${zh.join(';')}〕`, en: `${sentence.en} [${en.join('; ')}]` };
};

const shortIds = (corrections: readonly Correction[]): string =>
  corrections.map(({ eventId = '' }) => eventId.slice(0, 8)).join('、');

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

/** The same, each event with what takes it back within the bounds, and what it takes back. */
export const withLinkedEvents = async <Said extends { readonly position: number }>(
  { store, db, asOf }: EventSource,
  said: readonly Said[],
): Promise<readonly (Said & { readonly event: EventView })[]> => {
  const shown = await withEvents(store, said);
  const ids = shown.map(({ event }) => event.id);
  const links = reversalsOf(db, ids, asOf);
  return shown.map((one) => ({ ...one, event: { ...one.event, ...linksOf(one.event, links) } }));
};

const linksOf = (
  { id }: EventView,
  links: readonly ReversalOf[],
): Pick<EventView, 'corrects' | 'correctedBy'> => {
  const corrects = links.filter(({ eventId }) => eventId === id);
  const correctedBy = links.filter(({ ofEventId }) => ofEventId === id);
  return {
    ...(corrects.length > 0 && { corrects: corrects.map((link) => reversal(link.ofEventId)) }),
    ...(correctedBy.length > 0 && {
      correctedBy: correctedBy.map((link) => reversal(link.eventId)),
    }),
  };
};

const reversal = (eventId: string): Correction => ({ kind: 'reversal', eventId });
