import type { FundEvent } from './fund-events.ts';
import type { FundState, RequestState } from './fund-state.ts';
import { transferOf } from '../event-types.ts';

/** The state after an event: first the accounts, then what the rules read besides them. */
export const evolve = (fund: FundState, event: FundEvent): FundState => {
  const transfer = transferOf(event);
  if (transfer !== undefined) {
    fund.accounts[transfer.from] -= transfer.amountFen;
    fund.accounts[transfer.to] += transfer.amountFen;
  }
  switch (event.type) {
    case 'FundsAllocated':
      fund.status = 'open';
      break;
    case 'DisbursementRequested':
      fund.requests.set(event.data.requestId, { asked: event.data, status: 'requested' });
      fund.reserved[event.data.from] += event.data.amountFen;
      break;
    case 'DisbursementApproved':
      requestOf(fund, event.data.requestId).status = 'approved';
      break;
    case 'DisbursementRejected':
      settle(fund, event.data.requestId, 'rejected');
      break;
    case 'FundsDisbursed':
      if (event.data.ground.kind === 'request') settle(fund, event.data.ground.requestId, 'paid');
      fund.payments.set(event.data.paymentId, {
        from: event.data.from,
        amountFen: event.data.amountFen,
        reversedFen: 0n,
      });
      break;
    case 'DisbursementReversed':
      paymentOf(fund, event.data.paymentId).reversedFen += event.data.amountFen;
      break;
    case 'ProjectStarted':
      fund.project = 'started';
      break;
    case 'ProjectCompleted':
      fund.project = 'completed';
      break;
    case 'ProjectAccepted':
      fund.project = 'accepted';
      break;
    case 'AssetRegistered':
      fund.assets.add(event.data.assetId);
      break;
    case 'AllocationClosed':
      fund.status = 'closed';
      break;
    case 'AllocationAdjusted':
    case 'AllocationClassified':
    case 'FundsArrived':
    case 'FundsReleased':
    case 'DisbursementRefused':
    case 'FundsReturned':
    case 'AllocationRecalled':
    case 'BenefitDistributed':
      break;
    default:
      event satisfies never;
  }
  return fund;
};

/** A request that is paid or rejected reserves nothing any more. */
const settle = (fund: FundState, requestId: string, status: 'paid' | 'rejected'): void => {
  const request = requestOf(fund, requestId);
  request.status = status;
  fund.reserved[request.asked.from] -= request.asked.amountFen;
};

const requestOf = (fund: FundState, requestId: string): RequestState => {
  const request = fund.requests.get(requestId);
  if (request === undefined) throw new Error(`The log names request ${requestId}, never made.`);
  return request;
};

const paymentOf = (fund: FundState, paymentId: string) => {
  const payment = fund.payments.get(paymentId);
  if (payment === undefined) throw new Error(`The log reverses payment ${paymentId}, never made.`);
  return payment;
};
