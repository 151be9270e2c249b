import type { RecordedLedgerEvent } from '#ledger/ledger-events';
import { eventSentence, type Sentence } from './event-sentence.ts';
import { printable } from './printable.ts';

/** Names of what an event concerns, where the ledger has them. */
export interface Concerned {
  /** From the county down. */
  readonly place?: readonly string[];
  /** An organisation; persons go unnamed. */
  readonly payee?: string;
}

/** The journal's sentence with its day, its place, its payee and its slip: for reading an entry back. */
export const recordedSentence = (
  event: RecordedLedgerEvent,
  { place, payee }: Concerned,
): Sentence => {
  const { zh, en } = eventSentence(event);
  const voucher = voucherOf(event);
  const isSaid = voucher === undefined || zh.includes(voucher);
  const where = place === undefined ? '' : ` ${place.join('')}`;
  return {
    zh: `${event.occurredOn}${printable(where)} ${zh}${isSaid ? '' : `,凭证 ${printable(voucher)}`}${payee === undefined ? '' : `,收款人 ${printable(payee)}`}`,
    en: `${event.occurredOn}${printable(where)} ${en}${isSaid ? '' : ` on voucher ${printable(voucher)}`}${payee === undefined ? '' : ` to ${printable(payee)}`}`,
  };
};

const voucherOf = ({ data }: RecordedLedgerEvent): string | undefined =>
  'voucher' in data ? data.voucher : undefined;
