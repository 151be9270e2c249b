import type { BusinessDate } from '../calendar.ts';
import { refuse, type Decision, type Occurrence } from '../decision.ts';
import { balancesFrom, lowestFrom, type DayBalance } from './day-balances.ts';
import type { Fen } from '../money.ts';
import type { Disbursement, EntryReversal, FundEvent } from './fund-events.ts';
import type { FundState } from './fund-state.ts';
import type { Transfer } from './transfer.ts';

/**
 * 垫付: others paid before the money arrived. Never more than what the allocation still has to come and
 * to spend; where money is in the treasury by then or arrived later, it repays at once.
 */
export const payInAdvance = (
  data: Disbursement,
  fund: FundState,
  on: BusinessDate,
): Decision<FundEvent> => {
  const { allocationId, amountFen } = data;
  const { fen: availableFen } = lowestFrom(fund.days, on, unspent);
  if (amountFen > availableFen) {
    return refuse({ code: 'amount-exceeds-allocated-funds', amountFen, availableFen });
  }
  const repaid = repayments(fund, allocationId, { from: 'advance', to: 'paid', amountFen }, on);
  return { kind: 'accepted', events: [{ type: 'FundsDisbursed', data }, ...repaid] };
};

const unspent = ({ accounts, reserved, setAside }: Omit<DayBalance, 'on'>): bigint =>
  accounts.quota +
  accounts.treasury +
  accounts.unit +
  accounts.advance -
  reserved.treasury -
  reserved.unit -
  setAside.quota -
  setAside.treasury -
  setAside.unit;

/**
 * What the treasury repays of advances once a transfer has happened: each advance on the first day on
 * which money for it is there and free on every day since.
 */
export const repayments = (
  { days, accounts }: FundState,
  allocationId: string,
  transfer: Transfer,
  on: BusinessDate,
): readonly Occurrence<FundEvent>[] => {
  if (accounts.advance === 0n && transfer.from !== 'advance') return [];
  const after = days.map((day) => ({ ...day, accounts: { ...day.accounts } }));
  move(after, transfer, on);
  return after
    .map((day) => day.on)
    .flatMap((occurredOn) => {
      const free = lowestFrom(after, occurredOn, freeInTreasury).fen;
      const owed = lowestFrom(after, occurredOn, (day) => -day.accounts.advance).fen;
      const amountFen = free < owed ? free : owed;
      if (amountFen <= 0n) return [];
      move(after, { from: 'treasury', to: 'advance', amountFen }, occurredOn);
      return [{ type: 'AdvanceRepaid', data: { allocationId, amountFen }, occurredOn } as const];
    });
};

/**
 * Repayments of advances that go back with the arrival they were made from: as much as the arrival
 * lacks, the newest first. Nothing where they do not come to it.
 */
export const repaymentsTakenBack = (
  { entries }: FundState,
  lackingFen: Fen,
  { allocationId, reason }: Pick<EntryReversal, 'allocationId' | 'reason'>,
  on: BusinessDate,
): readonly FundEvent[] => {
  let leftFen = lackingFen;
  const back: FundEvent[] = [];
  for (const [reversedEventId, entry] of [...entries].reverse()) {
    const remainingFen = entry.amountFen - entry.reversedFen;
    if (entry.type !== 'AdvanceRepaid' || entry.occurredOn > on || remainingFen === 0n) continue;
    const amountFen = remainingFen < leftFen ? remainingFen : leftFen;
    back.push({
      type: 'AdvanceRepaymentReversed',
      data: { allocationId, reversedEventId, amountFen, reason },
    });
    leftFen -= amountFen;
    if (leftFen === 0n) return back;
  }
  return [];
};

/** What the treasury holds and no request and no adjustment waits for. */
export const freeInTreasury = ({ accounts, reserved, setAside }: Omit<DayBalance, 'on'>): bigint =>
  accounts.treasury - reserved.treasury - setAside.treasury;

const move = (days: DayBalance[], { from, to, amountFen }: Transfer, on: BusinessDate): void => {
  for (const { accounts } of balancesFrom(days, on)) {
    accounts[from] -= amountFen;
    accounts[to] += amountFen;
  }
};
