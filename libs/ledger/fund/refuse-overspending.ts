import type { Actor } from '../context.ts';
import { refuse, type Decision } from '../decision.ts';
import type { FundEvent, RefusedDisbursement } from './fund-events.ts';
import type { Shortfall } from './funds-on-hand.ts';

type Attempt = Pick<RefusedDisbursement, 'allocationId' | 'payeeId' | 'from' | 'amountFen'>;

/**
 * Refuses the command. An attempt to spend beyond what is there is recorded as an event; a date on
 * which the money was not there yet is a slip of the desk.
 */
export const refuseOverspending = (
  shortfall: Shortfall,
  { allocationId, payeeId, from, amountFen }: Attempt,
  actor: Actor,
): Decision<FundEvent> =>
  shortfall.code === 'amount-exceeds-funds-of-day'
    ? refuse(shortfall)
    : refuse(shortfall, {
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
