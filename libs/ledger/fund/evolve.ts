import { transferOf } from '../event-types.ts';
import type { FundEvent } from './fund-events.ts';
import type { FundState, PaymentState, RequestState } from './fund-state.ts';

/** The state after an event: first the money, then what the rules remember of it. */
export const evolve = (fund: FundState, event: FundEvent): FundState => {
  const transfer = transferOf(event);
  if (transfer !== undefined) {
    fund.accounts[transfer.from] -= transfer.amountFen;
    fund.accounts[transfer.to] += transfer.amountFen;
  }
  // A handler takes the data of the type it is listed under.
  const remember = REMEMBERS[event.type] as Remember<never> | null;
  remember?.(fund, event.data as never);
  return fund;
};

type Remember<Data> = (fund: FundState, data: Data) => void;

/** What the rules need to know of each event besides the accounts; null for nothing. */
const REMEMBERS: {
  readonly [Type in FundEvent['type']]: Remember<Extract<FundEvent, { type: Type }>['data']> | null;
} = {
  FundsAllocated: (fund) => {
    fund.status = 'open';
  },
  DisbursementRequested: (fund, data) => {
    fund.requests.set(data.requestId, { asked: data, status: 'requested' });
    fund.reserved[data.from] += data.amountFen;
  },
  DisbursementApproved: (fund, { requestId }) => {
    requestOf(fund, requestId).status = 'approved';
  },
  DisbursementRejected: (fund, { requestId }) => settle(fund, requestId, 'rejected'),
  FundsDisbursed: (fund, { paymentId, from, amountFen, ground }) => {
    if (ground.kind === 'request') settle(fund, ground.requestId, 'paid');
    fund.payments.set(paymentId, { from, amountFen, reversedFen: 0n });
  },
  DisbursementReversed: (fund, { paymentId, amountFen }) => {
    paymentOf(fund, paymentId).reversedFen += amountFen;
  },
  ProjectStarted: (fund) => {
    fund.project = 'started';
  },
  ProjectCompleted: (fund) => {
    fund.project = 'completed';
  },
  ProjectAccepted: (fund) => {
    fund.project = 'accepted';
  },
  AssetRegistered: (fund, { assetId }) => {
    fund.assets.add(assetId);
  },
  AllocationClosed: (fund) => {
    fund.status = 'closed';
  },
  AllocationAdjusted: null,
  AllocationClassified: null,
  AllocationRecalled: null,
  BenefitDistributed: null,
  DisbursementRefused: null,
  FundsArrived: null,
  FundsRecalled: null,
  FundsReleased: null,
  FundsReturned: null,
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

const paymentOf = (fund: FundState, paymentId: string): PaymentState => {
  const payment = fund.payments.get(paymentId);
  if (payment === undefined) throw new Error(`The log reverses payment ${paymentId}, never made.`);
  return payment;
};
