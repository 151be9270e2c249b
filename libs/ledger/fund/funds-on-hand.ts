import type { BusinessDate } from '../calendar.ts';
import type { Fen } from '../money.ts';
import type { Refusal } from '../refusals.ts';
import { lowestFrom, type DayBalance } from './day-balances.ts';
import type { PayingAccount } from './fund-events.ts';
import type { FundState } from './fund-state.ts';
import type { FundingAccount } from './transfer.ts';

/** Refusal of an amount beyond what was allocated and has not arrived, on the day and ever since. */
export const beyondQuota = (
  fund: FundState,
  amountFen: Fen,
  on: BusinessDate,
): Refusal | undefined => {
  const availableFen = fund.accounts.quota;
  return amountFen > availableFen
    ? { code: 'amount-exceeds-allocated-funds', amountFen, availableFen }
    : (beyondWhatIsSetAside(fund, 'quota', amountFen, availableFen) ??
        beyondDay(fund, 'quota', amountFen, on));
};

/**
 * Refusal to take away quota beyond what has not arrived, less what was paid in advance of it, which
 * waits for its money, and what open adjustments will take.
 */
export const beyondFreeQuota = (
  fund: FundState,
  amountFen: Fen,
  on: BusinessDate,
): Refusal | undefined => {
  const { fen: availableFen } = lowestFrom(
    fund.days,
    on,
    ({ accounts: { quota, advance }, setAside }) => quota + advance - setAside.quota,
  );
  return (
    beyondQuota(fund, amountFen, on) ??
    (amountFen > availableFen
      ? { code: 'amount-exceeds-allocated-funds', amountFen, availableFen }
      : undefined)
  );
};

/** A refusal that states how much is available. */
export type Shortfall = Extract<Refusal, { readonly availableFen: Fen }>;

/**
 * Refusal of an amount above the balance of an account, or above what its requests in flight leave
 * available: today first, then on the business date and every day since.
 */
export const beyondFundsOnHand = (
  fund: FundState,
  account: PayingAccount,
  amountFen: Fen,
  on: BusinessDate,
): Shortfall | undefined => {
  const onAccountFen = fund.accounts[account];
  if (amountFen > onAccountFen) {
    const code =
      account === 'treasury' ? 'amount-exceeds-arrived-funds' : 'amount-exceeds-released-funds';
    return { code, amountFen, availableFen: onAccountFen };
  }
  const reservedFen = fund.reserved[account];
  if (amountFen > onAccountFen - reservedFen) {
    const availableFen = onAccountFen - reservedFen;
    return { code: 'amount-is-reserved-by-requests', amountFen, availableFen, reservedFen };
  }
  return (
    beyondWhatIsSetAside(fund, account, amountFen, onAccountFen - reservedFen) ??
    beyondDay(fund, account, amountFen, on)
  );
};

/** Refusal of an amount that open adjustments are about to take. */
const beyondWhatIsSetAside = (
  { setAside }: FundState,
  account: FundingAccount,
  amountFen: Fen,
  thereFen: Fen,
): Shortfall | undefined => {
  const reservedFen = setAside[account];
  const availableFen = thereFen - reservedFen;
  return amountFen > availableFen
    ? { code: 'amount-is-reserved-by-adjustments', amountFen, availableFen, reservedFen }
    : undefined;
};

/**
 * Refusal of an amount that is there today and was not on some day since the business date.
 * `reservedOn` is what open requests and adjustments keep of the account; the payment of one of them passes zero.
 */
export const beyondDay = (
  fund: FundState,
  account: FundingAccount,
  amountFen: Fen,
  from: BusinessDate,
  reservedOn: (balance: Reservations) => Fen = reservedOf(account),
): Extract<Refusal, { readonly code: 'amount-exceeds-funds-of-day' }> | undefined => {
  const { on, fen } = lowestFrom(
    fund.days,
    from,
    (balance) => balance.accounts[account] - reservedOn(balance),
  );
  return amountFen > fen
    ? { code: 'amount-exceeds-funds-of-day', account, on, amountFen, availableFen: fen }
    : undefined;
};

type Reservations = Pick<DayBalance, 'reserved' | 'setAside'>;

const reservedOf =
  (account: FundingAccount) =>
  ({ reserved, setAside }: Reservations): Fen =>
    (account === 'quota' ? 0n : reserved[account]) + setAside[account];
