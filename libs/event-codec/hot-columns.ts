import { dayNumber } from '#ledger/calendar';
import type { FenJsonEvent } from '#ledger/fen-json';
import { isEventType, transferKindOf } from '#ledger/event-types';
import { transferCode, type TransferKind } from '#ledger/fund/transfer';
import type { LedgerEvent } from '#ledger/ledger-events';
import { hasOlderVersions, upcast, type WrittenEvent } from './upcast.ts';

/**
 * Integers that the log stores in columns of their own, so that a fold over millions of events need
 * not parse their text: which way money went, how much, and on which business day.
 */
export const HOT_COLUMN_NAMES = ['path', 'amount_fen', 'day'] as const;

/** The column that only events have which move money. */
export const TRANSFER_COLUMN = 'path' satisfies (typeof HOT_COLUMN_NAMES)[number];

type Written = WrittenEvent & { readonly meta: Readonly<Record<string, string>> };

/** The hot columns of an event, in the order of their names. */
export const hotColumnsOf = (event: Written): readonly [number | null, number | null, number] => {
  const transfer = transferIn(event);
  const day = dayNumber(event.meta['occurredOn'] ?? '');
  if (transfer === undefined) return [null, null, day];
  return [transferCode(transfer), transfer.amountFen, day];
};

/** A transfer with its amount as JSON has it: a safe integer of fen. */
export type JsonTransfer = TransferKind & { readonly amountFen: number };

/** The transfer of an event as JSON has it; undefined when it moves no money, or this release does not know its type. */
export const transferIn = (written: Written): JsonTransfer | undefined => {
  const { type, data, meta } = written;
  if (!isEventType(type)) return undefined;
  const newest = hasOlderVersions(type) ? upcast(written, meta['schemaVersion']) : data;
  // `toNewEvents` wrote it: data of the newest version are of this type.
  const kind = transferKindOf({ type, data: newest } as unknown as FenJsonEvent<LedgerEvent>);
  const { amountFen } = newest;
  return kind === undefined || typeof amountFen !== 'number' ? undefined : { ...kind, amountFen };
};
