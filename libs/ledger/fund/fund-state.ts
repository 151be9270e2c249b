import type { Fen } from '../money.ts';
import type { DisbursementRequest, PayingAccount } from './fund-events.ts';
import type { Account } from './transfer.ts';

/** What the rules need to know of one allocation; written to by `evolve` alone. */
export interface FundState {
  status: 'none' | 'open' | 'closed';
  readonly accounts: Record<Account, Fen>;
  /** Reserved for requests that are not yet paid or rejected, by the account they will be paid from. */
  readonly reserved: Record<PayingAccount, Fen>;
  readonly requests: Map<string, RequestState>;
  readonly payments: Map<string, PaymentState>;
  project: 'none' | 'started' | 'completed' | 'accepted';
  readonly assets: Set<string>;
}

export interface RequestState {
  readonly asked: DisbursementRequest;
  status: 'requested' | 'approved' | 'rejected' | 'paid';
}

export interface PaymentState {
  readonly from: PayingAccount;
  readonly amountFen: Fen;
  reversedFen: Fen;
}

export const noFund = (): FundState => ({
  status: 'none',
  accounts: { source: 0n, quota: 0n, treasury: 0n, unit: 0n, paid: 0n, returned: 0n },
  reserved: { treasury: 0n, unit: 0n },
  requests: new Map(),
  payments: new Map(),
  project: 'none',
  assets: new Set(),
});
