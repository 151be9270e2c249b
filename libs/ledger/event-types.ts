import type { FenJsonEvent } from './fen-json.ts';
import { EVENT_TABLE, type EventRow, type Subject } from './event-table.ts';
import type { Transfer, TransferKind } from './fund/transfer.ts';
import type { LedgerEvent } from './ledger-events.ts';

export type EventType = keyof typeof EVENT_TABLE;

/** Every event type there is. */
export const EVENT_TYPES = Object.keys(EVENT_TABLE) as readonly EventType[];

export const isEventType = (type: string): type is EventType => Object.hasOwn(EVENT_TABLE, type);

/** The newest version of a type's data, from 1. */
export const schemaVersionOf = (type: EventType): number => EVENT_TABLE[type].version;

/** Event types whose data name the slip of a treasury or a bank. */
export const VOUCHER_TYPES = EVENT_TYPES.filter((type) => EVENT_TABLE[type].voucher) as readonly {
  readonly [Type in EventType]: (typeof EVENT_TABLE)[Type]['voucher'] extends true ? Type : never;
}[EventType][];

type JsonEvent = FenJsonEvent<LedgerEvent>;

/** Which way the money of an event goes; undefined when it moves none. */
export const transferKindOf = (event: LedgerEvent | JsonEvent): TransferKind | undefined =>
  rowOf(event).transfer?.(event.data as never);

/** The transfer that an event stands for; undefined when it moves no money. */
export const transferOf = (event: LedgerEvent): Transfer | undefined => {
  const kind = transferKindOf(event);
  return kind === undefined || !('amountFen' in event.data)
    ? undefined
    : { ...kind, amountFen: event.data.amountFen };
};

/** Subjects that can be named from this event on: its stream when it begins one, a request, a payment … */
export const introducedBy = (event: JsonEvent): readonly Subject[] =>
  rowOf(event).introduces(event.data as never);

/** Subjects that must be known before this event makes sense. */
export const reliedOnBy = (event: JsonEvent): readonly Subject[] =>
  rowOf(event).reliesOn(event.data as never);

/** Whether an event holds from the moment it is known, whatever date it carries. */
export const isDirectoryEvent = ({ type }: { readonly type: string }): boolean =>
  isEventType(type) && EVENT_TABLE[type].isDirectory;

/** A row's functions take the data of its own type, which is that of the event. */
const rowOf = ({ type }: LedgerEvent | JsonEvent): EventRow<never> =>
  EVENT_TABLE[type] as unknown as EventRow<never>;
