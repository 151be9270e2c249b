import type { CommandContext } from '../context.ts';
import { accept, refuse, type Decision } from '../decision.ts';
import { beforeItsFact } from '../order-of-days.ts';
import { unsoundAmount } from '../unsound-amount.ts';
import type { CommandNamed } from './fund-commands.ts';
import type { FundEvent } from './fund-events.ts';
import type { FundState } from './fund-state.ts';

/** 下达: opens the stream of one line of money, of a notice that is in force. */
export const allocateFunds = (
  { data }: CommandNamed<'AllocateFunds'>,
  fund: FundState,
  { notice, occurredOn }: CommandContext,
): Decision<FundEvent> => {
  if (fund.status !== 'none') {
    return refuse({ code: 'allocation-already-exists', allocationId: data.allocationId });
  }
  const unsound = unsoundAmount(data.amountFen);
  if (unsound) return refuse(unsound);
  if (notice?.status === 'withdrawn') {
    return refuse({ code: 'notice-already-withdrawn', noticeId: data.noticeId });
  }
  const early = beforeItsFact(occurredOn, 'notice', notice?.issuedOn);
  if (early) return refuse(early);
  return accept({ type: 'FundsAllocated', data });
};
