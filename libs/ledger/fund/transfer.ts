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
export interface TransferKind {
  readonly from: Account;
  readonly to: Account;
}

export interface Transfer extends TransferKind {
  readonly amountFen: Fen;
}

/** The movement an event stands for; undefined when it moves no money. */
export const transferOf = (event: FundEvent): Transfer | undefined => {
  const transferKind = transferKindOf(event);
  return transferKind === undefined || !('amountFen' in event.data)
    ? undefined
    : { ...transferKind, amountFen: event.data.amountFen };
};

/** The same table for events in memory and in JSON. */
export const transferKindOf = (
  event: FundEvent | FenJsonEvent<FundEvent>,
): TransferKind | undefined => {
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
