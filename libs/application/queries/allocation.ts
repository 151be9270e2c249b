import {
  allocation as lineOf,
  payments,
  requests,
  type RegisterLine,
} from '#projections/allocation-register/query';
import type { PaymentRow, RequestRow } from '#projections/allocation-register/tables';
import { allocationRegisterView } from '#projections/allocation-register/view';
import { alike, Refused } from './query.ts';

export interface AllocationQuestion {
  readonly allocationId: string;
}

export interface AllocationDetail extends RegisterLine {
  readonly requests: readonly RequestRow[];
  readonly payments: readonly PaymentRow[];
}

/** One row of money with its requests and payments. */
export const allocation = alike(
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
