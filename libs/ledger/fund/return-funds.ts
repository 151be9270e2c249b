import type { CommandContext } from '../context.ts';
import { accept, refuse, type Decision } from '../decision.ts';
import { unsoundAmount } from '../unsound-amount.ts';
import type { CommandNamed } from './fund-commands.ts';
import type { FundEvent } from './fund-events.ts';
import type { FundState } from './fund-state.ts';
import { beyondFundsOnHand } from './funds-on-hand.ts';
import { voucherRecorded } from './voucher-recorded.ts';

/** 缴回: money that arrived and goes back up. */
export const returnFunds = (
  { data }: CommandNamed<'ReturnFunds'>,
  fund: FundState,
  { occurredOn }: CommandContext,
): Decision<FundEvent> => {
  const refusal =
    unsoundAmount(data.amountFen) ??
    voucherRecorded(fund, 'FundsReturned', data) ??
    beyondFundsOnHand(fund, data.from, data.amountFen, occurredOn);
  if (refusal) return refuse(refusal);
  return accept({ type: 'FundsReturned', data });
};
