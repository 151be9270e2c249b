import type { Handlers } from '../engine/view.ts';
import type { ViewEventOf } from '../engine/view-event.ts';
import type { RequestRow, Rows } from './tables.ts';

/** Requests, and what they reserve of their allocation until they are paid or rejected. */
export const requestHandlers = {
  DisbursementRequested: (rows, { data, occurredOn: requestedOn }) => {
    const { from: fromAccount, attachments: _attachments, ...asked } = data;
    rows.requests.put({
      ...asked,
      fromAccount,
      status: 'requested',
      requestedOn,
      decidedBy: null,
      decidedOn: null,
    });
    reserve(rows, asked.allocationId, asked.amountFen);
  },
  DisbursementApproved: (rows, event) => decide(rows, event, 'approved'),
  DisbursementRejected: (rows, event) => {
    const { allocationId, requestId } = event.data;
    reserve(rows, allocationId, -requestOf(rows, requestId).amountFen);
    decide(rows, event, 'rejected');
  },
} as const satisfies Handlers<Rows>;

/** A payment on a request frees what the request reserved; one from a statement has no request. */
export const settleRequest = (rows: Rows, { data }: ViewEventOf<'FundsDisbursed'>): void => {
  const { allocationId, amountFen, ground } = data;
  if (ground.kind === 'statement') return;
  reserve(rows, allocationId, -amountFen);
  rows.requests.put({ ...requestOf(rows, ground.requestId), status: 'paid' });
};

const decide = (
  rows: Rows,
  event: ViewEventOf<'DisbursementApproved' | 'DisbursementRejected'>,
  status: RequestRow['status'],
): void => {
  const { requestId, decidedBy } = event.data;
  const decidedOn = event.occurredOn;
  rows.requests.put({ ...requestOf(rows, requestId), status, decidedBy, decidedOn });
};

const reserve = (rows: Rows, allocationId: string, amountFen: number): void => {
  const allocation = rows.allocations.get(allocationId);
  if (allocation === undefined) throw new Error(`${allocationId} was never allocated.`);
  rows.allocations.put({ ...allocation, reservedFen: allocation.reservedFen + amountFen });
};

const requestOf = (rows: Rows, requestId: string): RequestRow => {
  const request = rows.requests.get(requestId);
  if (request === undefined) throw new Error(`Request ${requestId} was never made.`);
  return request;
};
