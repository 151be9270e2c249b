import type { JsonObject, RecordedEvent } from '#event-store/port';
import type { StoredEvent } from '#event-store/stored-event';
import { transferIn, type JsonTransfer } from '#event-codec/hot-columns';
import { isReadable, upcast, versionInMeta } from '#event-codec/upcast';
import { dateOfDayNumber, type BusinessDate } from '#ledger/calendar';
import type { EventType } from '#ledger/event-types';
import type { FenJsonEvent } from '#ledger/fen-json';
import { transferKindAt } from '#ledger/fund/transfer';
import type { LedgerEvent } from '#ledger/ledger-events';

/**
 * An event as views see it: data in the newest version of its type, amounts as safe integers of
 * fen, and what it did to money at hand. Reading `data` throws where this release does not know the
 * event's version.
 */
export type ViewEvent = FenJsonEvent<LedgerEvent> & ViewEventHead;

export type ViewEventOf<Type extends EventType> = Extract<ViewEvent, { readonly type: Type }>;

/** An event that moves money. */
export type TransferEvent = ViewEvent & { readonly transfer: ViewTransfer };

export interface ViewEventHead {
  readonly position: number;
  readonly id: string;
  readonly stream: string;
  readonly occurredOn: BusinessDate;
  readonly transfer: ViewTransfer | undefined;
  readonly meta: Readonly<Record<string, string>>;
  /** Whether this release knows the type and the version; views halt before what it does not know. */
  readonly isReadable: boolean;
  /** Version of the data as they were written. */
  readonly version: string | undefined;
}

export type ViewTransfer = JsonTransfer;

/** The event with all of its text read already, as a subscription hands it over. */
export const toViewEvent = (recorded: RecordedEvent): ViewEvent =>
  // `toNewEvents` wrote the data: in the newest version they are of this type.
  new ReadViewEvent(recorded) as unknown as ViewEvent;

/** The event from its hot columns; its text is parsed when a fold reads it, and not before. */
export const toLazyViewEvent = (stored: StoredEvent): ViewEvent =>
  // The getters answer what `toViewEvent` answers; a property test compares them.
  new LazyViewEvent(stored) as unknown as ViewEvent;

class ReadViewEvent {
  readonly position: number;
  readonly id: string;
  readonly stream: string;
  readonly type: string;
  readonly occurredOn: BusinessDate;
  readonly meta: RecordedEvent['meta'];
  readonly isReadable: boolean;
  readonly #written: RecordedEvent;
  #data: JsonObject | undefined;
  #transfer: ViewTransfer | null | undefined;

  constructor(recorded: RecordedEvent) {
    this.position = Number(recorded.position);
    this.id = recorded.id;
    this.stream = recorded.stream;
    this.type = recorded.type;
    this.meta = recorded.meta;
    this.occurredOn = recorded.meta['occurredOn'] ?? '';
    this.#written = recorded;
    this.isReadable = isReadable(recorded.type, this.version);
  }

  get version(): string | undefined {
    return this.#written.meta['schemaVersion'];
  }

  get data(): unknown {
    return (this.#data ??= upcast(this.#written, this.version));
  }

  get transfer(): ViewTransfer | undefined {
    if (this.#transfer === undefined) this.#transfer = transferIn(this.#written) ?? null;
    return this.#transfer ?? undefined;
  }
}

class LazyViewEvent {
  readonly position: number;
  readonly id: string;
  readonly stream: string;
  readonly type: string;
  readonly transfer: ViewTransfer | undefined;
  readonly isReadable: boolean;
  readonly #stored: StoredEvent;
  #data: JsonObject | undefined;

  constructor(stored: StoredEvent) {
    this.position = stored.position;
    this.id = stored.id;
    this.stream = stored.stream;
    this.type = stored.type;
    this.transfer = transferFrom(stored.hotColumns);
    this.#stored = stored;
    // Whatever this release does not know was read whole.
    this.isReadable = stored.meta === null || isReadable(stored.type, this.version);
  }

  get version(): string | undefined {
    return versionInMeta(textOf(this.#stored.meta, this.position));
  }

  get occurredOn(): BusinessDate {
    return dateOf(this.#stored.hotColumns[2]);
  }

  get data(): unknown {
    return (this.#data ??= this.#upcastData());
  }

  get meta(): unknown {
    return JSON.parse(textOf(this.#stored.meta, this.position)) as unknown;
  }

  #upcastData(): JsonObject {
    const { id, type, data } = this.#stored;
    // The log stores data as the text of a JSON object.
    const parsed = JSON.parse(textOf(data, this.position)) as JsonObject;
    return upcast({ id, type, data: parsed }, this.version);
  }
}

const textOf = (text: string | null, position: number): string => {
  if (text === null) throw new Error(`The text of event ${position} is needed and was not read.`);
  return text;
};

const transferFrom = ([code, amountFen]: StoredEvent['hotColumns']): ViewTransfer | undefined => {
  if (code === null || code === undefined) return undefined;
  if (amountFen == null) throw new Error('An event that moves money has no amount.');
  return { ...transferKindAt(code), amountFen };
};

/** Days repeat in millions of events; their texts are made once. */
const dates = new Map<number, BusinessDate>();

const dateOf = (day: number | null | undefined): BusinessDate => {
  if (day == null) throw new Error('Every event has a business day.');
  let date = dates.get(day);
  if (date === undefined) {
    date = dateOfDayNumber(day);
    dates.set(day, date);
  }
  return date;
};
