import {
  allocation as lineOf,
  payments,
  requests,
  type RegisterLine,
} from '#projections/allocation-register/query';
import type { PaymentRow, RequestRow } from '#projections/allocation-register/tables';
import { allocationRegisterView } from '#projections/allocation-register/view';
import { noting } from './noting.ts';
import { alike, Refused } from './query.ts';

export interface AllocationQuestion {
  readonly allocationId: string;
}

export interface AllocationDetail extends RegisterLine {
  readonly requests: readonly RequestRow[];
  readonly payments: readonly PaymentRow[];
}

const detail = alike(
  [allocationRegisterView],
  ({ db }, { allocationId }: AllocationQuestion): AllocationDetail | Refused => {
    const line = lineOf(db, allocationId);
    if (line === undefined) return new Refused({ kind: 'not-found', what: 'allocation' });
    return {
      ...line,
      requests: requests(db, allocationId),
      payments: payments(db, allocationId),
    };
  },
);

/** One row of money with its requests and payments. */
export const allocation = noting(detail, (_answer, { allocationId }) => ({
  allocationIds: [allocationId],
}));
