import type { CommandContext } from '../context.ts';
import { accept, refuse, type Decision } from '../decision.ts';
import { unsoundAmount } from '../unsound-amount.ts';
import type { CommandNamed } from './fund-commands.ts';
import type { FundEvent } from './fund-events.ts';
import type { FundState } from './fund-state.ts';
import { beyondFundsOnHand } from './funds-on-hand.ts';
import { voucherRecorded } from './voucher-recorded.ts';

/** 核拨: from the treasury to the unit that will pay. */
export const releaseFunds = (
  { data }: CommandNamed<'ReleaseFunds'>,
  fund: FundState,
  { occurredOn }: CommandContext,
): Decision<FundEvent> => {
  const refusal =
    unsoundAmount(data.amountFen) ??
    voucherRecorded(fund, 'FundsReleased', data) ??
    beyondFundsOnHand(fund, 'treasury', data.amountFen, occurredOn);
  if (refusal) return refuse(refusal);
  return accept({ type: 'FundsReleased', data });
};
