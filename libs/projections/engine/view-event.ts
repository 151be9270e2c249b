import type { RecordedEvent } from '#event-store/port';
import type { StoredEvent } from '#event-store/stored-event';
import { dateOfDayNumber, dayNumber, type BusinessDate } from '#ledger/calendar';
import type { FenJsonEvent } from '#ledger/fen-json';
import type { FundEvent } from '#ledger/fund/fund-events';
import { pathOf, type Account } from '#ledger/fund/movement';
import type { LedgerEvent } from '#ledger/ledger-events';
import { PATHS, pathCode } from '../money/transfers.ts';

/** An event as views see it: amounts are safe integers of fen, and what it did to money is at hand. */
export type ViewEvent = FenJsonEvent<LedgerEvent> & ViewEventHead;

export interface ViewEventHead {
  readonly position: number;
  readonly id: string;
  readonly stream: string;
  readonly occurredOn: BusinessDate;
  readonly movement: ViewMovement | undefined;
  readonly meta: Readonly<Record<string, string>>;
}

export interface ViewMovement {
  readonly from: Account;
  readonly to: Account;
  readonly amountFen: number;
}

/** The facets of an event: which way money went, how much, and on which business day. */
export const FACET_NAMES = ['path', 'amount_fen', 'day'] as const;

/** The facet that only events have which move money. */
export const MOVEMENT_FACET = 'path' satisfies (typeof FACET_NAMES)[number];

export const facetsOf = (
  event: Pick<RecordedEvent, 'type' | 'data' | 'meta'>,
): readonly [number | null, number | null, number] => {
  const movement = movementIn(event);
  const day = dayNumber(event.meta['occurredOn'] ?? '');
  if (movement === undefined) return [null, null, day];
  return [pathCode(movement), movement.amountFen, day];
};

/** The event with all of its text read already, as a subscription hands it over. */
export const toViewEvent = (recorded: RecordedEvent): ViewEvent => {
  const { id, stream, type, data, meta } = recorded;
  const head: ViewEventHead = {
    position: Number(recorded.position),
    id,
    stream,
    occurredOn: meta['occurredOn'] ?? '',
    movement: movementIn(recorded),
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
  readonly movement: ViewMovement | undefined;
  readonly #stored: StoredEvent;
  #data: unknown;

  constructor(stored: StoredEvent) {
    this.position = stored.position;
    this.id = stored.id;
    this.stream = stored.stream;
    this.type = stored.type;
    this.movement = movementFrom(stored.facets);
    this.#stored = stored;
  }

  get occurredOn(): BusinessDate {
    return dateOf(this.#stored.facets[2]);
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

const movementFrom = ([code, amountFen]: StoredEvent['facets']): ViewMovement | undefined => {
  if (code === null || code === undefined) return undefined;
  const path = PATHS[code];
  if (path === undefined || amountFen == null) throw new Error(`No path has the number ${code}.`);
  return { from: path[0], to: path[1], amountFen };
};

const movementIn = (event: Pick<RecordedEvent, 'type' | 'data'>): ViewMovement | undefined => {
  // `pathOf` looks at the type first, and only at fields that type has.
  const path = pathOf(event as unknown as FenJsonEvent<FundEvent>);
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
