import { toLedgerEvent } from '#event-codec/decode';
import type { EventStore } from '#event-store/port';
import type { BusinessDate } from '#ledger/calendar';
import type { Refusal } from '#ledger/refusals';
import type { PaymentReference } from './payments-on-vouchers.ts';

/** The refusal with the place in the log of the earlier event that it names, for the person who looks it up. */
export const withPosition = async (
  store: EventStore,
  stream: string,
  refusal: Refusal,
): Promise<Refusal> => {
  if (refusal.code !== 'voucher-already-recorded') return refusal;
  for await (const { id, position } of store.readStream(stream)) {
    if (id === refusal.eventId) return { ...refusal, position: Number(position) };
  }
  return refusal;
};

export interface MadePayment extends PaymentReference {
  readonly occurredOn: BusinessDate;
  readonly position: number;
  readonly placeId: string;
  readonly isTakenBack: boolean;
}

/** A payment as its stream has it; undefined where it was never made. */
export const madePayment = async (
  store: EventStore,
  { allocationId, paymentId }: PaymentReference,
): Promise<MadePayment | undefined> => {
  let placeId = '';
  let made: MadePayment | undefined;
  let remainingFen = 0n;
  for await (const recorded of store.readStream(`fund-${allocationId}`)) {
    const { type, data, occurredOn, position } = toLedgerEvent(recorded);
    if (type === 'FundsAllocated') placeId = data.placeId;
    if (type === 'FundsDisbursed' && data.paymentId === paymentId) {
      remainingFen = data.amountFen;
      const at = { occurredOn, position: Number(position), placeId };
      made = { allocationId, paymentId, ...at, isTakenBack: false };
    }
    if (type === 'DisbursementReversed' && data.paymentId === paymentId)
      remainingFen -= data.amountFen;
  }
  return made === undefined ? undefined : { ...made, isTakenBack: remainingFen === 0n };
};
