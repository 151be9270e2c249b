import type { Actor } from '../context.ts';
import { refuse, type Decision } from '../decision.ts';
import type { FundEvent, RefusedDisbursement } from './fund-events.ts';
import type { Shortfall } from './funds-on-hand.ts';

type Attempt = Pick<RefusedDisbursement, 'allocationId' | 'payeeId' | 'from' | 'amountFen'>;

/** Refuses the command and records the attempt as an event. */
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
