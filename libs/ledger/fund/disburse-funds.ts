import type { CommandContext } from '../context.ts';
import { accept, refuse, type Decision } from '../decision.ts';
import { beforeItsFact } from '../order-of-days.ts';
import { payeeIsMerged } from '../payee/successor-of-payee.ts';
import { unsoundAmount } from '../unsound-amount.ts';
import type { DisburseFunds, PaymentOfRequest, PaymentOnStatement } from './fund-commands.ts';
import type { FundEvent } from './fund-events.ts';
import type { FundState } from './fund-state.ts';
import { beyondDay, beyondFundsOnHand } from './funds-on-hand.ts';
import { payInAdvance } from './pay-in-advance.ts';
import { refuseOverspending } from './refuse-overspending.ts';

/** 支付: money leaves the county's hands for a payee, on an approved request or on a statement. */
export const disburseFunds = (
  { data }: DisburseFunds,
  fund: FundState,
  context: CommandContext,
): Decision<FundEvent> => {
  if (fund.payments.has(data.paymentId)) {
    return refuse({ code: 'payment-already-recorded', paymentId: data.paymentId });
  }
  return data.ground === 'request'
    ? payRequest(data, fund, context)
    : takeOverFromStatement(data, fund, context);
};

/** Payee, amount and account are those that were approved; the amount is already reserved. */
const payRequest = (
  { allocationId, paymentId, requestId, voucher, voucherReason }: PaymentOfRequest,
  fund: FundState,
  { occurredOn }: CommandContext,
): Decision<FundEvent> => {
  const request = fund.requests.get(requestId);
  if (request === undefined) return refuse({ code: 'request-not-found', requestId });
  if (request.status === 'paid') return refuse({ code: 'request-already-paid', requestId });
  if (request.status !== 'approved') return refuse({ code: 'request-not-approved', requestId });
  const { payeeId, amountFen, from, stage } = request.asked;
  const refusal =
    beforeItsFact(occurredOn, 'approval', request.approvedOn) ??
    beyondDay(fund, from, amountFen, occurredOn, () => 0n);
  if (refusal) return refuse(refusal);
  const ground = { kind: 'request', requestId } as const;
  return accept({
    type: 'FundsDisbursed',
    data: {
      ...{ allocationId, paymentId, payeeId, amountFen, from, stage, voucher, ground },
      ...(voucherReason === undefined ? {} : { voucherReason }),
    },
  });
};

/** The bank has paid already; the ledger takes it over, but not beyond what it knows to be there. */
const takeOverFromStatement = (
  data: PaymentOnStatement,
  fund: FundState,
  context: CommandContext,
): Decision<FundEvent> => {
  const { actor, occurredOn } = context;
  const merged = payeeIsMerged(data.payeeId, context);
  if (merged) return refuse(merged);
  const unsound = unsoundAmount(data.amountFen);
  if (unsound) return refuse(unsound);
  const payment = { ...data, ground: { kind: 'statement' } } as const;
  if (data.from === 'advance') return payInAdvance(payment, fund, occurredOn);
  const beyond = beyondFundsOnHand(fund, data.from, data.amountFen, occurredOn);
  if (beyond) return refuseOverspending(beyond, { ...data, from: data.from }, actor);
  return accept({ type: 'FundsDisbursed', data: payment });
};
