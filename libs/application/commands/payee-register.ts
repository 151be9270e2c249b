import { viewEventsOf, type ViewEventSource } from '#projections/engine/event-source';
import type { ViewEvent } from '#projections/engine/view-event';
import type { EventStore } from '#event-store/port';
import { EVENT_TABLE } from '#ledger/event-table';
import { isEventType, type EventType } from '#ledger/event-types';
import { noPayees, type KnownPayees } from '#ledger/payee/known-payee';
import { learnPayee, type PlacedPayeeEvent } from '#ledger/payee/learn-payee';

const PAYEE_TYPES = (Object.keys(EVENT_TABLE) as EventType[]).filter(
  (type) => EVENT_TABLE[type].stream === 'payee',
);

/**
 * Every payee as the log has it. Rules about several payees (identities, mergers) cross streams, so they
 * read them here: all that is recorded by then, by other nodes too.
 */
export class PayeeRegister {
  readonly #payees = noPayees();
  readonly #sources: readonly ViewEventSource[];
  #position = 0;
  #underWay: Promise<void> = Promise.resolve();

  /** `bulk` reads the log of this machine quickly; what a shared store has beyond it is read from the store. */
  constructor(store: EventStore, bulk?: ViewEventSource) {
    const all = viewEventsOf(store);
    this.#sources = bulk === undefined ? [all] : store.isShared ? [bulk, all] : [bulk];
  }

  /** By all that is recorded. */
  upToDate(): Promise<KnownPayees> {
    return this.#through(this.#sources);
  }

  /** As this machine has the log by now: a little behind a shared store, at the price of no call to it. */
  ofThisMachine(): Promise<KnownPayees> {
    return this.#through(this.#sources.slice(0, 1));
  }

  async #through(sources: readonly ViewEventSource[]): Promise<KnownPayees> {
    // One at a time, in turn: two folds at once would take events in twice.
    const next = this.#underWay.catch(() => undefined).then(() => this.#catchUp(sources));
    this.#underWay = next;
    await next;
    return this.#payees;
  }

  async #catchUp(sources: readonly ViewEventSource[]): Promise<void> {
    for (const source of sources) {
      for await (const { events, through } of source.batches(this.#position + 1, PAYEE_TYPES)) {
        for (const event of events) if (isOfPayee(event)) learnPayee(this.#payees, event);
        this.#position = through;
      }
    }
  }
}

/** Amounts are what sets view events apart from the ledger's, and payees have none. */
const isOfPayee = (event: ViewEvent): event is ViewEvent & PlacedPayeeEvent =>
  event.isReadable && isEventType(event.type) && EVENT_TABLE[event.type].stream === 'payee';
