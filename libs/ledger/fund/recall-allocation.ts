import type { CommandContext } from '../context.ts';
import { accept, refuse, type Decision } from '../decision.ts';
import { unsoundAmount } from '../unsound-amount.ts';
import type { CommandNamed } from './fund-commands.ts';
import type { FundEvent } from './fund-events.ts';
import type { FundState } from './fund-state.ts';
import { beyondFreeQuota } from './funds-on-hand.ts';

/** 收回: takes back quota that has not arrived; what has arrived is recalled by `recallFunds`. */
export const recallAllocation = (
  { data }: CommandNamed<'RecallAllocation'>,
  fund: FundState,
  { occurredOn }: CommandContext,
): Decision<FundEvent> => {
  const refusal =
    unsoundAmount(data.amountFen) ?? beyondFreeQuota(fund, data.amountFen, occurredOn);
  if (refusal) return refuse(refusal);
  return accept({ type: 'AllocationRecalled', data });
};
