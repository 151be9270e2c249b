import type { CommandContext } from '../context.ts';
import { accept, refuse, type Decision } from '../decision.ts';
import { unsoundAmount } from '../unsound-amount.ts';
import type { CommandNamed } from './fund-commands.ts';
import type { FundEvent } from './fund-events.ts';
import type { FundState } from './fund-state.ts';
import { beyondQuota } from './funds-on-hand.ts';
import { repayments } from './pay-in-advance.ts';
import { voucherRecorded } from './voucher-recorded.ts';

/** 到账: never more than was allocated. What was paid in advance of it is repaid first. */
export const receiveFunds = (
  { data }: CommandNamed<'ReceiveFunds'>,
  fund: FundState,
  { occurredOn }: CommandContext,
): Decision<FundEvent> => {
  const refusal =
    unsoundAmount(data.amountFen) ??
    voucherRecorded(fund, 'FundsArrived', data) ??
    beyondQuota(fund, data.amountFen, occurredOn);
  if (refusal) return refuse(refusal);
  const { allocationId, amountFen } = data;
  const arrival = { from: 'quota', to: 'treasury', amountFen } as const;
  return accept(
    { type: 'FundsArrived', data },
    ...repayments(fund, allocationId, arrival, occurredOn),
  );
};
