import type { Fen } from '../money.ts';
import type { FundEvent } from './fund-events.ts';

/**
 * The accounts of one allocation. Every event that moves money takes it from one and puts it into
 * another, so what all accounts hold together is always zero: conservation by construction.
 */
export const ACCOUNTS = [
  'source', // minus what was allocated: the only account below zero
  'quota', // allocated, not arrived
  'treasury', // arrived, not released
  'unit', // released, not paid
  'paid',
  'returned',
] as const;
export type Account = (typeof ACCOUNTS)[number];

export interface Movement {
  readonly from: Account;
  readonly to: Account;
  readonly amountFen: Fen;
}

/** The movement an event stands for; undefined when it moves no money. */
export const movementOf = (event: FundEvent): Movement | undefined => {
  switch (event.type) {
    case 'FundsAllocated':
      return move('source', 'quota', event);
    case 'AllocationAdjusted':
      return event.data.direction === 'increase'
        ? move('source', 'quota', event)
        : move('quota', 'source', event);
    case 'FundsArrived':
      return move('quota', 'treasury', event);
    case 'FundsReleased':
      return move('treasury', 'unit', event);
    case 'FundsDisbursed':
      return move(event.data.from, 'paid', event);
    case 'DisbursementReversed':
      return move('paid', event.data.to, event);
    case 'FundsReturned':
      return move(event.data.from, 'returned', event);
    case 'AllocationRecalled':
      return move('quota', 'source', event);
    case 'AllocationClassified':
    case 'DisbursementRequested':
    case 'DisbursementApproved':
    case 'DisbursementRejected':
    case 'DisbursementRefused':
    case 'ProjectStarted':
    case 'ProjectCompleted':
    case 'ProjectAccepted':
    case 'AssetRegistered':
    case 'BenefitDistributed':
    case 'AllocationClosed':
      return undefined;
  }
};

const move = (
  from: Account,
  to: Account,
  { data }: { readonly data: { readonly amountFen: Fen } },
): Movement => ({ from, to, amountFen: data.amountFen });
