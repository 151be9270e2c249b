import { accept, refuse, type Decision } from '../decision.ts';
import { unsoundAmount } from '../unsound-amount.ts';
import type { CommandNamed } from './fund-commands.ts';
import type { FundEvent } from './fund-events.ts';
import type { FundState } from './fund-state.ts';

/** 下达: opens the stream of one line of money. */
export const allocateFunds = (
  { data }: CommandNamed<'AllocateFunds'>,
  fund: FundState,
): Decision<FundEvent> => {
  if (fund.status !== 'none') {
    return refuse({ code: 'allocation-already-exists', allocationId: data.allocationId });
  }
  const unsound = unsoundAmount(data.amountFen);
  if (unsound) return refuse(unsound);
  return accept({ type: 'FundsAllocated', data });
};
