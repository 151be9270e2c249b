import { dayNumber, type BusinessDate } from '#ledger/calendar';
import { allocation, requests } from '#projections/allocation-register/query';
import type { RequestRow } from '#projections/allocation-register/tables';
import { allocationRegisterView } from '#projections/allocation-register/view';
import { payee } from '#projections/place-directory/payees';
import { place } from '#projections/place-directory/query';
import { placeDirectoryView } from '#projections/place-directory/view';
import { alike } from './query.ts';

/** A request that is neither paid nor rejected, and what it waits for. */
export interface OpenRequest extends Pick<
  RequestRow,
  | 'requestId'
  | 'allocationId'
  | 'payeeId'
  | 'amountFen'
  | 'stage'
  | 'purpose'
  | 'requestedBy'
  | 'requestedOn'
  | 'decidedBy'
  | 'decidedOn'
> {
  /** Null for a person, whose name is not in the ledger. */
  readonly payee: string | null;
  /** Names from the county down. */
  readonly place: readonly string[];
  /** Days since it was asked for. */
  readonly ageDays: number;
  /** 复核, by a second person; then 支付. */
  readonly nextStep: 'approval' | 'payment';
}

export interface OpenRequestList {
  readonly on: BusinessDate;
  readonly requests: readonly OpenRequest[];
}

/** Requests that are neither paid nor rejected on a day, the oldest first: 待办. */
export const openRequests = alike(
  [allocationRegisterView, placeDirectoryView],
  ({ db }, { on }: { readonly on: BusinessDate }): OpenRequestList => ({
    on,
    requests: requests(db)
      .filter(({ status }) => status === 'requested' || status === 'approved')
      .map(({ status, fromAccount: _account, ...request }) => ({
        ...request,
        payee: payee(db, request.payeeId)?.name ?? null,
        place: place(db, allocation(db, request.allocationId)?.placeId ?? '')?.path ?? [],
        ageDays: dayNumber(on) - dayNumber(request.requestedOn),
        nextStep: status === 'requested' ? 'approval' : 'payment',
      })),
  }),
);
