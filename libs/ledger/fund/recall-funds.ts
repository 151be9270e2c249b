import type { CommandContext } from '../context.ts';
import { accept, refuse, type Decision } from '../decision.ts';
import { unsoundAmount } from '../unsound-amount.ts';
import type { CommandNamed } from './fund-commands.ts';
import type { FundEvent } from './fund-events.ts';
import type { FundState } from './fund-state.ts';
import { beyondFundsOnHand } from './funds-on-hand.ts';
import { voucherRecorded } from './voucher-recorded.ts';

/** 收回资金: taken back to its source, from the treasury or the unit. Quota is recalled by `recallAllocation`. */
export const recallFunds = (
  { data }: CommandNamed<'RecallFunds'>,
  fund: FundState,
  { occurredOn }: CommandContext,
): Decision<FundEvent> => {
  const refusal =
    unsoundAmount(data.amountFen) ??
    voucherRecorded(fund, 'FundsRecalled', data) ??
    beyondFundsOnHand(fund, data.from, data.amountFen, occurredOn);
  if (refusal) return refuse(refusal);
  return accept({ type: 'FundsRecalled', data });
};
