import type { BusinessDate } from '../calendar.ts';
import type { Fen } from '../money.ts';
import type { PayingAccount } from './fund-events.ts';
import { noMoney, type Account, type FundingAccount } from './transfer.ts';

/** What the accounts of one allocation hold at the end of a day, and what open requests and adjustments reserve of them. */
export interface DayBalance {
  readonly on: BusinessDate;
  readonly accounts: Record<Account, Fen>;
  readonly reserved: Record<PayingAccount, Fen>;
  readonly setAside: Record<FundingAccount, Fen>;
}

/** A sum on the day on which it is lowest. */
export interface LowestSum {
  readonly on: BusinessDate;
  readonly fen: Fen;
}

/**
 * The balances of a day and of all later ones, for a change that counts from that day on. The list
 * has one row a day on which something changed, earliest first; a new day gets its row here.
 */
export const balancesFrom = (days: DayBalance[], on: BusinessDate): readonly DayBalance[] => {
  const index = firstAfter(days, on);
  const latest = days[index - 1];
  if (latest?.on === on) return days.slice(index - 1);
  days.splice(index, 0, {
    on,
    accounts: { ...(latest?.accounts ?? NOTHING.accounts) },
    reserved: { ...(latest?.reserved ?? NOTHING.reserved) },
    setAside: { ...(latest?.setAside ?? NOTHING.setAside) },
  });
  return days.slice(index);
};

/** Where a sum of balances is lowest from a day on, that day included. */
export const lowestFrom = (
  days: readonly DayBalance[],
  on: BusinessDate,
  sumOf: (balance: Omit<DayBalance, 'on'>) => Fen,
): LowestSum => {
  const index = firstAfter(days, on);
  let lowest: LowestSum = { on, fen: sumOf(days[index - 1] ?? NOTHING) };
  for (const day of days.slice(index)) {
    const fen = sumOf(day);
    if (fen < lowest.fen) lowest = { on: day.on, fen };
  }
  return lowest;
};

/** Index of the first row of a later day. Most changes are of the newest day, so it is sought from the end. */
const firstAfter = (days: readonly DayBalance[], on: BusinessDate): number =>
  days.findLastIndex((day) => day.on <= on) + 1;

const NOTHING: Omit<DayBalance, 'on'> = {
  accounts: noMoney(),
  reserved: { treasury: 0n, unit: 0n },
  setAside: { quota: 0n, treasury: 0n, unit: 0n },
};
