import { viewEventsOf, type ViewEventSource } from '#projections/engine/event-source';
import type { ViewEvent } from '#projections/engine/view-event';
import type { EventStore } from '#event-store/port';
import { isEventType, type EventType } from '#ledger/event-types';
import { EVENT_TABLE } from '#ledger/event-table';
import { noPlaces, type KnownPlaces } from '#ledger/place/known-places';
import { learn, type PlacedEvent } from '#ledger/place/learn-place';

const PLACE_TYPES = (Object.keys(EVENT_TABLE) as EventType[]).filter(
  (type) => EVENT_TABLE[type].stream === 'place',
);

/**
 * Every place as the log has it. Rules about several places (mergers, parents, names) cross streams,
 * so they read them here: all that is recorded by then, by other nodes too.
 */
export class PlaceRegister {
  readonly #places = noPlaces();
  readonly #sources: readonly ViewEventSource[];
  #position = 0;
  #underWay: Promise<void> = Promise.resolve();

  /** `bulk` reads the log of this machine quickly; what a shared store has beyond it is read from the store. */
  constructor(store: EventStore, bulk?: ViewEventSource) {
    const all = viewEventsOf(store);
    this.#sources = bulk === undefined ? [all] : store.isShared ? [bulk, all] : [bulk];
  }

  async upToDate(): Promise<KnownPlaces> {
    // One at a time, in turn: two folds at once would take events in twice.
    const next = this.#underWay.catch(() => undefined).then(() => this.#catchUp());
    this.#underWay = next;
    await next;
    return this.#places;
  }

  async #catchUp(): Promise<void> {
    for (const source of this.#sources) {
      for await (const { events, through } of source.batches(this.#position + 1, PLACE_TYPES)) {
        for (const event of events) if (isPlaced(event)) learn(this.#places, event);
        this.#position = through;
      }
    }
  }
}

/** Amounts are what sets view events apart from the ledger's, and places have none. */
const isPlaced = (event: ViewEvent): event is ViewEvent & PlacedEvent =>
  isEventType(event.type) && EVENT_TABLE[event.type].stream === 'place';
