import type { CommandContext } from '../context.ts';
import { accept, refuse, type Decision } from '../decision.ts';
import { unsoundAmount } from '../unsound-amount.ts';
import type { CommandNamed } from './fund-commands.ts';
import type { FundEvent } from './fund-events.ts';
import type { FundState } from './fund-state.ts';
import { beyondFreeQuota } from './funds-on-hand.ts';

/** 调增 / 调减: one side of a pair. Only what has not arrived can be taken away. */
export const adjustAllocation = (
  { data }: CommandNamed<'AdjustAllocation'>,
  fund: FundState,
  { occurredOn }: CommandContext,
): Decision<FundEvent> => {
  if (data.counterpartAllocationId === data.allocationId) {
    return refuse({ code: 'counterpart-is-same-allocation', allocationId: data.allocationId });
  }
  const refusal =
    unsoundAmount(data.amountFen) ??
    (data.direction === 'decrease' ? beyondFreeQuota(fund, data.amountFen, occurredOn) : undefined);
  if (refusal) return refuse(refusal);
  return accept({ type: 'AllocationAdjusted', data });
};
