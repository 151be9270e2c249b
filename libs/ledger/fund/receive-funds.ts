import { accept, refuse, type Decision } from '../decision.ts';
import type { CommandNamed } from './fund-commands.ts';
import type { FundEvent } from './fund-events.ts';
import type { FundState } from './fund-state.ts';
import { beyondFundsOnHand, beyondQuota, unsoundAmount } from './funds-on-hand.ts';

/** 到账: never more than was allocated. */
export const receiveFunds = (
  { data }: CommandNamed<'ReceiveFunds'>,
  fund: FundState,
): Decision<FundEvent> => {
  const refusal = unsoundAmount(data.amountFen) ?? beyondQuota(fund, data.amountFen);
  if (refusal) return refuse(refusal);
  return accept({ type: 'FundsArrived', data });
};

/** 核拨: from the treasury to the unit that will pay. */
export const releaseFunds = (
  { data }: CommandNamed<'ReleaseFunds'>,
  fund: FundState,
): Decision<FundEvent> => {
  const refusal =
    unsoundAmount(data.amountFen) ?? beyondFundsOnHand(fund, 'treasury', data.amountFen);
  if (refusal) return refuse(refusal);
  return accept({ type: 'FundsReleased', data });
};

/** 收回资金: taken back to its source, from the treasury or the unit. Quota is recalled by `recallAllocation`. */
export const recallFunds = (
  { data }: CommandNamed<'RecallFunds'>,
  fund: FundState,
): Decision<FundEvent> => {
  const refusal =
    unsoundAmount(data.amountFen) ?? beyondFundsOnHand(fund, data.from, data.amountFen);
  if (refusal) return refuse(refusal);
  return accept({ type: 'FundsRecalled', data });
};

/** 缴回: money that arrived and goes back up. */
export const returnFunds = (
  { data }: CommandNamed<'ReturnFunds'>,
  fund: FundState,
): Decision<FundEvent> => {
  const refusal =
    unsoundAmount(data.amountFen) ?? beyondFundsOnHand(fund, data.from, data.amountFen);
  if (refusal) return refuse(refusal);
  return accept({ type: 'FundsReturned', data });
};
