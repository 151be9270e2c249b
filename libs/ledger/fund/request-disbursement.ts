import type { CommandContext } from '../context.ts';
import { accept, refuse, type Decision } from '../decision.ts';
import { beforeItsFact } from '../order-of-days.ts';
import { payeeIsMerged } from '../payee/successor-of-payee.ts';
import { unsoundAmount } from '../unsound-amount.ts';
import type {
  ApproveDisbursement,
  RejectDisbursement,
  RequestDisbursement,
} from './fund-commands.ts';
import type { FundEvent } from './fund-events.ts';
import type { FundState, RequestState } from './fund-state.ts';
import { tidied } from '../text.ts';
import { beyondFundsOnHand } from './funds-on-hand.ts';
import { refuseOverspending } from './refuse-overspending.ts';

/** 申请: asks for a payment and reserves the amount until it is paid or rejected. */
export const requestDisbursement = (
  { data }: RequestDisbursement,
  fund: FundState,
  context: CommandContext,
): Decision<FundEvent> => {
  const { actor, occurredOn } = context;
  if (fund.requests.has(data.requestId)) {
    return refuse({ code: 'request-already-exists', requestId: data.requestId });
  }
  const merged = payeeIsMerged(data.payeeId, context);
  if (merged) return refuse(merged);
  const unsound = unsoundAmount(data.amountFen);
  if (unsound) return refuse(unsound);
  const beyond = beyondFundsOnHand(fund, data.from, data.amountFen, occurredOn);
  if (beyond) return refuseOverspending(beyond, data, actor);
  return accept({ type: 'DisbursementRequested', data: { ...data, requestedBy: actor.id } });
};

/** 复核通过: always by a second person. */
export const approveDisbursement = (
  { data }: ApproveDisbursement,
  fund: FundState,
  { actor, occurredOn }: CommandContext,
): Decision<FundEvent> => {
  const { requestId } = data;
  const request = fund.requests.get(requestId);
  if (request === undefined) return refuse({ code: 'request-not-found', requestId });
  if (isDecided(request)) return refuse({ code: 'request-already-decided', requestId });
  const early = beforeItsFact(occurredOn, 'request', request.requestedOn);
  if (early) return refuse(early);
  // Logs of earlier releases hold names with space around them.
  if (tidied(request.asked.requestedBy) === tidied(actor.id)) {
    return refuse({ code: 'approver-is-requester', actorId: actor.id });
  }
  return accept({ type: 'DisbursementApproved', data: { ...data, decidedBy: actor.id } });
};

/** 复核退回: releases the reserved amount. The requester may withdraw a request this way too. */
export const rejectDisbursement = (
  { data }: RejectDisbursement,
  fund: FundState,
  { actor, occurredOn }: CommandContext,
): Decision<FundEvent> => {
  const { requestId } = data;
  const request = fund.requests.get(requestId);
  if (request === undefined) return refuse({ code: 'request-not-found', requestId });
  if (request.status === 'rejected') return refuse({ code: 'request-already-decided', requestId });
  if (request.status === 'paid') return refuse({ code: 'request-already-paid', requestId });
  const early =
    request.approvedOn === undefined
      ? beforeItsFact(occurredOn, 'request', request.requestedOn)
      : beforeItsFact(occurredOn, 'approval', request.approvedOn);
  if (early) return refuse(early);
  return accept({ type: 'DisbursementRejected', data: { ...data, decidedBy: actor.id } });
};

const isDecided = (request: RequestState): boolean => request.status !== 'requested';
