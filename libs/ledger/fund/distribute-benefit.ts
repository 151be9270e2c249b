import { accept, refuse, type Decision } from '../decision.ts';
import { unsoundAmount } from '../unsound-amount.ts';
import type { CommandNamed } from './fund-commands.ts';
import type { FundEvent } from './fund-events.ts';

/** 收益分配: income of the project, not money of the allocation. */
export const distributeBenefit = ({
  data,
}: CommandNamed<'DistributeBenefit'>): Decision<FundEvent> => {
  const unsound = unsoundAmount(data.amountFen);
  if (unsound) return refuse(unsound);
  return accept({ type: 'BenefitDistributed', data });
};
