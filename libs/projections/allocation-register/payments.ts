import type { ViewEvent } from '../engine/view-event.ts';
import type { Rows } from './tables.ts';

export const foldPayment = (rows: Rows, event: ViewEvent): void => {
  if (event.type === 'FundsDisbursed') {
    const { data } = event;
    rows.payments.put({
      paymentId: data.paymentId,
      allocationId: data.allocationId,
      payeeId: data.payeeId,
      amountFen: data.amountFen,
      reversedFen: 0,
      fromAccount: data.from,
      stage: data.stage,
      voucher: data.voucher,
      requestId: data.ground.kind === 'request' ? data.ground.requestId : null,
      paidOn: event.occurredOn,
      eventId: event.id,
    });
  } else if (event.type === 'DisbursementReversed') {
    const { paymentId, amountFen } = event.data;
    const payment = rows.payments.get(paymentId);
    if (payment === undefined) throw new Error(`Payment ${paymentId} was never made.`);
    rows.payments.put({ ...payment, reversedFen: payment.reversedFen + amountFen });
  }
};
