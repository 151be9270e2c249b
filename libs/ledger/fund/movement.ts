import type { FenJsonEvent } from '../fen-json.ts';
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

/** From which account to which: what an event does to money, whatever the amount. */
export interface Path {
  readonly from: Account;
  readonly to: Account;
}

export interface Movement extends Path {
  readonly amountFen: Fen;
}

/** The movement an event stands for; undefined when it moves no money. */
export const movementOf = (event: FundEvent): Movement | undefined => {
  const path = pathOf(event);
  return path === undefined || !('amountFen' in event.data)
    ? undefined
    : { ...path, amountFen: event.data.amountFen };
};

/** The same table for events in memory and in JSON. */
export const pathOf = (event: FundEvent | FenJsonEvent<FundEvent>): Path | undefined => {
  switch (event.type) {
    case 'FundsAllocated':
      return { from: 'source', to: 'quota' };
    case 'AllocationAdjusted':
      return event.data.direction === 'increase'
        ? { from: 'source', to: 'quota' }
        : { from: 'quota', to: 'source' };
    case 'FundsArrived':
      return { from: 'quota', to: 'treasury' };
    case 'FundsReleased':
      return { from: 'treasury', to: 'unit' };
    case 'FundsDisbursed':
      return { from: event.data.from, to: 'paid' };
    case 'DisbursementReversed':
      return { from: 'paid', to: event.data.to };
    case 'FundsReturned':
      return { from: event.data.from, to: 'returned' };
    case 'AllocationRecalled':
      return { from: 'quota', to: 'source' };
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
