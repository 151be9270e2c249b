import type { CommandContext } from '../context.ts';
import { accept, refuse, type Decision } from '../decision.ts';
import { beforeItsFact } from '../order-of-days.ts';
import type { Fen } from '../money.ts';
import { unsoundAmount } from '../unsound-amount.ts';
import { lowestFrom } from './day-balances.ts';
import type { ReverseDisbursement } from './fund-commands.ts';
import type { FundEvent, SpendingAccount } from './fund-events.ts';
import type { FundState } from './fund-state.ts';

/**
 * 冲销: names the payment it takes back, in whole or in part; together never more than was paid, and not
 * dated before it. Of a payment in advance, what the treasury has repaid comes back to the treasury.
 */
export const reverseDisbursement = (
  { data }: ReverseDisbursement,
  fund: FundState,
  { occurredOn }: CommandContext,
): Decision<FundEvent> => {
  const { paymentId, kind = 'unstated' } = data;
  const payment = fund.payments.get(paymentId);
  if (payment === undefined) return refuse({ code: 'payment-not-found', paymentId });
  const remainingFen = payment.amountFen - payment.reversedFen;
  const amountFen = data.amountFen ?? remainingFen;
  const unsound = data.amountFen === undefined ? undefined : unsoundAmount(data.amountFen);
  if (unsound) return refuse(unsound);
  if (remainingFen === 0n) return refuse({ code: 'payment-already-reversed', paymentId });
  if (amountFen > remainingFen) {
    return refuse({ code: 'reversal-exceeds-payment', paymentId, amountFen, remainingFen });
  }
  const early = beforeItsFact(occurredOn, 'payment', payment.paidOn);
  if (early) return refuse(early);
  const back = (to: SpendingAccount, fen: Fen): readonly FundEvent[] =>
    fen === 0n
      ? []
      : [{ type: 'DisbursementReversed', data: { ...data, amountFen: fen, kind, to } }];
  if (payment.from !== 'advance') return accept(...back(payment.from, amountFen));
  const owed = lowestFrom(fund.days, occurredOn, ({ accounts }) => -accounts.advance).fen;
  const unrepaidFen = owed < amountFen ? owed : amountFen;
  return accept(...back('advance', unrepaidFen), ...back('treasury', amountFen - unrepaidFen));
};
