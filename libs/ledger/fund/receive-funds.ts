import type { CommandContext } from '../context.ts';
import { accept, refuse, type Decision } from '../decision.ts';
import { unsoundAmount } from '../unsound-amount.ts';
import type { CommandNamed } from './fund-commands.ts';
import type { FundEvent } from './fund-events.ts';
import type { FundState } from './fund-state.ts';
import { beyondQuota } from './funds-on-hand.ts';

/** 到账: never more than was allocated. */
export const receiveFunds = (
  { data }: CommandNamed<'ReceiveFunds'>,
  fund: FundState,
  { occurredOn }: CommandContext,
): Decision<FundEvent> => {
  const refusal = unsoundAmount(data.amountFen) ?? beyondQuota(fund, data.amountFen, occurredOn);
  if (refusal) return refuse(refusal);
  return accept({ type: 'FundsArrived', data });
};
