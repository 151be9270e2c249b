import type { RecordedEvent } from '#event-store/port';
import type { StoredEvent } from '#event-store/stored-event';
import { dateOfDayNumber, dayNumber, type BusinessDate } from '#ledger/calendar';
import type { FenJsonEvent } from '#ledger/fen-json';
import type { FundEvent } from '#ledger/fund/fund-events';
import { transferKindOf, type Account } from '#ledger/fund/transfer';
import type { LedgerEvent } from '#ledger/ledger-events';
import { TRANSFER_KINDS, transferCode } from '../money/transfers.ts';

/** An event as views see it: amounts are safe integers of fen, and what it did to money is at hand. */
export type ViewEvent = FenJsonEvent<LedgerEvent> & ViewEventHead;

export interface ViewEventHead {
  readonly position: number;
  readonly id: string;
  readonly stream: string;
  readonly occurredOn: BusinessDate;
  readonly transfer: ViewTransfer | undefined;
  readonly meta: Readonly<Record<string, string>>;
}

export interface ViewTransfer {
  readonly from: Account;
  readonly to: Account;
  readonly amountFen: number;
}

/** The facets of an event: which way money went, how much, and on which business day. */
export const HOT_COLUMN_NAMES = ['path', 'amount_fen', 'day'] as const;

/** The facet that only events have which move money. */
export const TRANSFER_COLUMN = 'path' satisfies (typeof HOT_COLUMN_NAMES)[number];

export const hotColumnsOf = (
  event: Pick<RecordedEvent, 'type' | 'data' | 'meta'>,
): readonly [number | null, number | null, number] => {
  const transfer = transferIn(event);
  const day = dayNumber(event.meta['occurredOn'] ?? '');
  if (transfer === undefined) return [null, null, day];
  return [transferCode(transfer), transfer.amountFen, day];
};

/** The event with all of its text read already, as a subscription hands it over. */
export const toViewEvent = (recorded: RecordedEvent): ViewEvent => {
  const { id, stream, type, data, meta } = recorded;
  const head: ViewEventHead = {
    position: Number(recorded.position),
    id,
    stream,
    occurredOn: meta['occurredOn'] ?? '',
    transfer: transferIn(recorded),
    meta,
  };
  // Written by `toNewEvents`, whose data are the JSON of this type's data.
  return { ...head, type, data } as unknown as ViewEvent;
};

/** The event from its facets; its text is parsed when somebody asks for it, and not before. */
export const toLazyViewEvent = (stored: StoredEvent): ViewEvent => {
  // The getters answer what `toViewEvent` answers; a property test holds them together.
  return new LazyViewEvent(stored) as unknown as ViewEvent;
};

class LazyViewEvent {
  readonly position: number;
  readonly id: string;
  readonly stream: string;
  readonly type: string;
  readonly transfer: ViewTransfer | undefined;
  readonly #stored: StoredEvent;
  #data: unknown;

  constructor(stored: StoredEvent) {
    this.position = stored.position;
    this.id = stored.id;
    this.stream = stored.stream;
    this.type = stored.type;
    this.transfer = transferFrom(stored.hotColumns);
    this.#stored = stored;
  }

  get occurredOn(): BusinessDate {
    return dateOf(this.#stored.hotColumns[2]);
  }

  get data(): unknown {
    return (this.#data ??= parse(this.#stored.data, this.position));
  }

  get meta(): unknown {
    return parse(this.#stored.meta, this.position);
  }
}

const parse = (text: string | null, position: number): unknown => {
  if (text === null) throw new Error(`The text of event ${position} was asked for and not read.`);
  return JSON.parse(text);
};

const transferFrom = ([code, amountFen]: StoredEvent['hotColumns']): ViewTransfer | undefined => {
  if (code === null || code === undefined) return undefined;
  const path = TRANSFER_KINDS[code];
  if (path === undefined || amountFen == null) throw new Error(`No path has the number ${code}.`);
  return { from: path[0], to: path[1], amountFen };
};

const transferIn = (event: Pick<RecordedEvent, 'type' | 'data'>): ViewTransfer | undefined => {
  // `pathOf` looks at the type first, and only at fields that type has.
  const path = transferKindOf(event as unknown as FenJsonEvent<FundEvent>);
  const amountFen = event.data['amountFen'];
  return path === undefined || typeof amountFen !== 'number' ? undefined : { ...path, amountFen };
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
