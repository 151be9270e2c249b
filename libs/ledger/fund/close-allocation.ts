import type { CommandContext } from '../context.ts';
import { accept, refuse, type Decision } from '../decision.ts';
import { beforeItsFact } from '../order-of-days.ts';
import type { CommandNamed } from './fund-commands.ts';
import type { FundEvent } from './fund-events.ts';
import type { FundState } from './fund-state.ts';

/** 结项: nothing may be in flight, and no advance may wait for its money. Money left over stays visible until it is returned. */
export const closeAllocation = (
  { data }: CommandNamed<'CloseAllocation'>,
  { reserved, reservations, accounts, latestMovementOn }: FundState,
  { occurredOn }: CommandContext,
): Decision<FundEvent> => {
  const reservedFen = reserved.treasury + reserved.unit;
  if (reservedFen > 0n) return refuse({ code: 'requests-in-flight', reservedFen });
  const advanceFen = -accounts.advance;
  if (advanceFen > 0n) return refuse({ code: 'advance-not-repaid', advanceFen });
  const [open] = reservations.values();
  if (open) return refuse({ code: 'adjustments-in-flight', adjustmentId: open.adjustmentId });
  const early = beforeItsFact(occurredOn, 'movement', latestMovementOn);
  if (early) return refuse(early);
  return accept({ type: 'AllocationClosed', data });
};
