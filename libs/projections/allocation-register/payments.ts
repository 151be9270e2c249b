import type { ViewEventOf } from '../engine/view-event.ts';
import type { Rows } from './tables.ts';

export const putPayment = (
  { payments }: Rows,
  { id: eventId, data, occurredOn: paidOn }: ViewEventOf<'FundsDisbursed'>,
): void =>
  payments.put({
    paymentId: data.paymentId,
    allocationId: data.allocationId,
    payeeId: data.payeeId,
    amountFen: data.amountFen,
    reversedFen: 0,
    fromAccount: data.from,
    stage: data.stage,
    voucher: data.voucher,
    requestId: data.ground.kind === 'request' ? data.ground.requestId : null,
    paidOn,
    eventId,
  });

export const reversePayment = (
  { payments }: Rows,
  { data: { paymentId, amountFen } }: ViewEventOf<'DisbursementReversed'>,
): void => {
  const payment = payments.get(paymentId);
  if (payment === undefined) throw new Error(`Payment ${paymentId} was never made.`);
  payments.put({ ...payment, reversedFen: payment.reversedFen + amountFen });
};
