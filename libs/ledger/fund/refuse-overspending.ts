import type { Actor } from '../context.ts';
import { refuse, type Decision } from '../decision.ts';
import type { FundEvent, RefusedDisbursement } from './fund-events.ts';
import type { Shortfall } from './funds-on-hand.ts';

type Attempt = Pick<RefusedDisbursement, 'allocationId' | 'payeeId' | 'from' | 'amountFen'>;

/** Says no and leaves the attempt in the log. */
export const refuseOverspending = (
  shortfall: Shortfall,
  { allocationId, payeeId, from, amountFen }: Attempt,
  actor: Actor,
): Decision<FundEvent> =>
  refuse(shortfall, {
    type: 'DisbursementRefused',
    data: {
      allocationId,
      payeeId,
      from,
      amountFen,
      reason: shortfall.code,
      availableFen: shortfall.availableFen,
      attemptedBy: actor.id,
    },
  });
