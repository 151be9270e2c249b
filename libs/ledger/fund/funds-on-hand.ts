import type { Fen } from '../money.ts';
import type { Refusal } from '../refusals.ts';
import type { PayingAccount } from './fund-events.ts';
import type { FundState } from './fund-state.ts';

/** Refusal of an amount beyond what was allocated and has not arrived yet. */
export const beyondQuota = (fund: FundState, amountFen: Fen): Refusal | undefined => {
  const availableFen = fund.accounts.quota;
  return amountFen > availableFen
    ? { code: 'amount-exceeds-allocated-funds', amountFen, availableFen }
    : undefined;
};

/** A refusal that states how much is available. */
export type Shortfall = Extract<Refusal, { readonly availableFen: Fen }>;

/** Refusal of an amount above the balance of an account, or above what its requests in flight leave available. */
export const beyondFundsOnHand = (
  fund: FundState,
  account: PayingAccount,
  amountFen: Fen,
): Shortfall | undefined => {
  const onAccountFen = fund.accounts[account];
  if (amountFen > onAccountFen) {
    const code =
      account === 'treasury' ? 'amount-exceeds-arrived-funds' : 'amount-exceeds-released-funds';
    return { code, amountFen, availableFen: onAccountFen };
  }
  const reservedFen = fund.reserved[account];
  return amountFen > onAccountFen - reservedFen
    ? {
        code: 'amount-is-reserved-by-requests',
        amountFen,
        availableFen: onAccountFen - reservedFen,
        reservedFen,
      }
    : undefined;
};
