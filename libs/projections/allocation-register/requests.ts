import type { ViewEvent } from '../engine/view-event.ts';
import type { RequestRow, Rows } from './tables.ts';

/** Requests, and what they hold of their allocation until they are paid or rejected. */
export const foldRequest = (rows: Rows, event: ViewEvent): void => {
  switch (event.type) {
    case 'DisbursementRequested': {
      const { from: fromAccount, attachments: _attachments, ...asked } = event.data;
      rows.requests.put({
        ...asked,
        fromAccount,
        status: 'requested',
        requestedOn: event.occurredOn,
        decidedBy: null,
        decidedOn: null,
      });
      return hold(rows, asked.allocationId, asked.amountFen);
    }
    case 'DisbursementApproved':
      return decide(rows, event, 'approved');
    case 'DisbursementRejected': {
      const { allocationId, requestId } = event.data;
      hold(rows, allocationId, -requestOf(rows, requestId).amountFen);
      return decide(rows, event, 'rejected');
    }
    case 'FundsDisbursed': {
      const { allocationId, amountFen, ground } = event.data;
      if (ground.kind === 'statement') return;
      hold(rows, allocationId, -amountFen);
      return rows.requests.put({ ...requestOf(rows, ground.requestId), status: 'paid' });
    }
    default:
      return;
  }
};

type Decided = Extract<ViewEvent, { type: 'DisbursementApproved' | 'DisbursementRejected' }>;

const decide = (rows: Rows, event: Decided, status: RequestRow['status']): void => {
  const { requestId, decidedBy } = event.data;
  const decidedOn = event.occurredOn;
  rows.requests.put({ ...requestOf(rows, requestId), status, decidedBy, decidedOn });
};

const hold = (rows: Rows, allocationId: string, amountFen: number): void => {
  const allocation = rows.allocations.get(allocationId);
  if (allocation === undefined) throw new Error(`${allocationId} was never allocated.`);
  rows.allocations.put({ ...allocation, reservedFen: allocation.reservedFen + amountFen });
};

const requestOf = (rows: Rows, requestId: string): RequestRow => {
  const request = rows.requests.get(requestId);
  if (request === undefined) throw new Error(`Request ${requestId} was never made.`);
  return request;
};
