import { dateOfDayNumber, type BusinessDate } from '#ledger/calendar';
import { transferKindAt, type Account, type TransferKind } from '#ledger/fund/transfer';
import type { AsOf } from '../as-of/as-of.ts';
import type { History } from '../postings/history.ts';
import type { Posting } from '../postings/postings.ts';
import { scopeAt, type Scope } from './scope.ts';

/** What is left of one arrival. */
export interface Lot {
  /** The event by which it arrived. */
  readonly position: number;
  readonly arrivedOn: BusinessDate;
  readonly remainingFen: number;
  /** Days since, on the day the question is held against. */
  readonly ageDays: number;
}

export interface AllocationAge {
  /** Number of the allocation, see the dimensions. */
  readonly allocation: number;
  readonly onHandFen: number;
  /** The oldest first. */
  readonly lots: readonly Lot[];
}

/**
 * How long unspent money has lain, allocation by allocation, the oldest first: what arrived first is
 * spent first, and what comes back from a payee goes back into the lots it was paid from.
 */
export const ageing = (
  { dimensions, postings }: Pick<History, 'dimensions' | 'postings'>,
  asOf: AsOf,
  onDay: number,
  reversals: Reversals,
  scope: Scope = {},
): readonly AllocationAge[] => {
  const inScope = scopeAt(dimensions, asOf, scope);
  const byAllocation = new Map<number, Posting[]>();
  postings.each(asOf, (posting) => {
    if (!inScope.posting(posting)) return;
    const own = byAllocation.get(posting.allocation);
    if (own === undefined) byAllocation.set(posting.allocation, [posting]);
    else own.push(posting);
  });
  return [...byAllocation]
    .map(([allocation, own]) => {
      const lots = lotsOf(own, reversals)
        .filter(({ remainingFen }) => remainingFen > 0)
        .map(({ position, day, remainingFen }) => ({
          position,
          arrivedOn: dateOfDayNumber(day),
          remainingFen,
          ageDays: onDay - day,
        }));
      const onHandFen = lots.reduce((sum, { remainingFen }) => sum + remainingFen, 0);
      return { allocation, onHandFen, lots };
    })
    .filter(({ lots }) => lots.length > 0)
    .sort((left, right) => oldest(right) - oldest(left) || left.allocation - right.allocation);
};

const oldest = ({ lots }: AllocationAge): number => lots[0]?.ageDays ?? 0;

export interface OpenLot {
  readonly position: number;
  readonly day: number;
  remainingFen: number;
}

/** A part of a lot that a spending took. */
export interface Taken {
  readonly lot: OpenLot;
  fen: number;
}

/** Which entry each reversal takes back, both by their positions. */
export type Reversals = ReadonlyMap<number, number>;

/** What a payment or return took, and what of it was dated before the money arrived. */
interface Spending {
  readonly taken: Taken[];
  owedFen: number;
}

/**
 * The lots of one allocation after all of its postings, by business date and then as recorded. A
 * reversal gives back what its payment, return or recall took, from the newest of its lots on. `onSpent` hears which
 * lots each spending took from.
 */
export const lotsOf = (
  postings: readonly Posting[],
  reversals: Reversals,
  onSpent: (posting: Posting, taken: readonly Taken[]) => void = () => undefined,
): readonly OpenLot[] => {
  const lots: OpenLot[] = [];
  const spendings = new Map<number, Spending>();
  /** Given back before the payment, by the dates: the payment takes so much less. */
  const early = new Map<number, number>();
  /** Payments that others lent: what the treasury has repaid of one and comes back is a lot of its own. */
  const advances = new Set(
    postings
      .filter(({ transferKind }) => isAdvance(transferKindAt(transferKind)))
      .map(({ position }) => position),
  );
  const inOrder = [...postings].sort(
    (left, right) => left.day - right.day || left.position - right.position,
  );
  for (const posting of inOrder) {
    const { position, day, amountFen } = posting;
    const { from, to } = transferKindAt(posting.transferKind);
    const comesIn = !isOnHand(from) && isOnHand(to);
    // An adjustment gives money on hand that is as old as its decision.
    if (comesIn && from !== 'paid' && !reversals.has(position)) {
      lots.push({ position, day, remainingFen: amountFen });
      settle(spendings, lots);
    } else if (from === 'treasury' && to === 'quota') {
      const lot = lots.find((one) => one.position === reversals.get(position));
      if (lot !== undefined) takeAway(lot, amountFen, spendings);
      settle(spendings, lots);
    } else if (isOnHand(from) && !isOnHand(to)) {
      const owedFen = amountFen - (early.get(position) ?? 0);
      const spending: Spending = { taken: [], owedFen };
      spendings.set(position, spending);
      take(spending, lots);
      onSpent(
        posting,
        spending.taken.map((part) => ({ ...part })),
      );
    } else if (from === 'paid' || comesIn) {
      const spent = reversals.get(position);
      if (spent !== undefined && advances.has(spent)) {
        if (isOnHand(to)) lots.push({ position, day, remainingFen: amountFen });
        continue;
      }
      if (spent !== undefined && !spendings.has(spent)) {
        early.set(spent, (early.get(spent) ?? 0) + amountFen);
        continue;
      }
      const reversed = spent === undefined ? undefined : spendings.get(spent);
      if (reversed !== undefined) giveBack(reversed, amountFen);
      settle(spendings, lots);
    }
  }
  return lots;
};

/** What is owed is taken from the oldest lots that have any. */
const take = (spending: Spending, lots: readonly OpenLot[]): void => {
  for (const lot of lots) {
    if (spending.owedFen === 0) return;
    const fen = Math.min(lot.remainingFen, spending.owedFen);
    if (fen === 0) continue;
    lot.remainingFen -= fen;
    spending.owedFen -= fen;
    spending.taken.push({ lot, fen });
  }
};

const settle = (spendings: ReadonlyMap<number, Spending>, lots: readonly OpenLot[]): void => {
  for (const spending of spendings.values()) if (spending.owedFen > 0) take(spending, lots);
};

const giveBack = (spending: Spending, fen: number): void => {
  const forgiven = Math.min(spending.owedFen, fen);
  spending.owedFen -= forgiven;
  let leftFen = fen - forgiven;
  for (let last = spending.taken.at(-1); leftFen > 0 && last; last = spending.taken.at(-1)) {
    const part = Math.min(last.fen, leftFen);
    last.lot.remainingFen += part;
    last.fen -= part;
    leftFen -= part;
    if (last.fen === 0) spending.taken.pop();
  }
};

/**
 * An arrival that is taken back is no longer there to be spent: what spendings took of it beyond what
 * is left they take from other lots, the newest spending first.
 */
const takeAway = (
  lot: OpenLot,
  amountFen: number,
  spendings: ReadonlyMap<number, Spending>,
): void => {
  let lackingFen = amountFen - Math.min(amountFen, lot.remainingFen);
  lot.remainingFen -= amountFen - lackingFen;
  for (const spending of [...spendings.values()].reverse()) {
    for (const part of spending.taken) {
      if (part.lot !== lot || lackingFen === 0) continue;
      const fen = Math.min(part.fen, lackingFen);
      part.fen -= fen;
      spending.owedFen += fen;
      lackingFen -= fen;
    }
  }
};

const isAdvance = ({ from, to }: TransferKind): boolean => from === 'advance' && to === 'paid';

const isOnHand = (account: Account): boolean => account === 'treasury' || account === 'unit';

/** Ages as supervision sorts them; the last is where idle money is called in. */
export const AGE_BANDS = [
  { upToDays: 90, zh: '90 天以内', en: 'up to 90 days' },
  { upToDays: 180, zh: '91–180 天', en: '91–180 days' },
  { upToDays: 365, zh: '181–365 天', en: '181–365 days' },
  { upToDays: 730, zh: '一至两年', en: 'one to two years' },
  { upToDays: Infinity, zh: '两年以上', en: 'over two years' },
] as const;

/** Fen of each band, in their order. */
export const bandsOf = (ages: readonly AllocationAge[]): readonly number[] =>
  AGE_BANDS.map(({ upToDays }, band) => {
    const above = AGE_BANDS[band - 1]?.upToDays ?? -Infinity;
    return ages
      .flatMap(({ lots }) => lots)
      .filter(({ ageDays }) => ageDays > above && ageDays <= upToDays)
      .reduce((sum, { remainingFen }) => sum + remainingFen, 0);
  });
