import { describe, expect, test } from '@jest/globals';
import { ageing, bandsOf } from '#history/questions/ageing';
import { balancesAt } from '#history/questions/balances-at';
import { difference, DIFFERENCE_DIMENSIONS } from '#history/questions/difference';
import { explain, type UnpostedFigure } from '#history/questions/explain';
import { explainAny } from '#history/questions/explain-any';
import { reversalsWithin } from '#history/questions/fund-events';
import type { History } from '#history/postings/history';
import type { Posting } from '#history/postings/postings';
import { MEASURES } from '#history/questions/measures';
import { NO_DAY_LIMIT, type AsOfRequest } from '#history/as-of/as-of-request';
import { progressAt } from '#history/questions/progress-at';
import type { Scope } from '#history/questions/scope';
import { statement } from '#history/questions/statement';
import { dayNumber } from '#ledger/calendar';
import type { EventStore } from '#event-store/port';
import { allocations } from '#projections/allocation-register/query';
import { transferKindAt } from '#ledger/fund/transfer';
import { openViews } from '#projections/open-views';
import { PROGRESS_DIMENSIONS, type ProgressDimension } from '#projections/spending-progress/report';
import { histories } from '../../support/histories.ts';
import { days, historyOf, instants, livedByTheHour, pointOf } from './given.ts';
import { fc, times } from '../../support/property.ts';

const RUNS = times(25, 250, 1_000);

/** A history with two points in it. */
const pairs = fc.record({
  steps: histories,
  first: fc.record({ asOf: days, knownAt: instants }),
  second: fc.record({ asOf: days, knownAt: instants }),
});

interface Given {
  readonly store: EventStore;
  readonly history: History;
}

const over = (
  arbitrary: typeof pairs,
  check: (given: Given, first: AsOfRequest, second: AsOfRequest) => Promise<void>,
) =>
  fc.assert(
    fc.asyncProperty(arbitrary, async ({ steps, first, second }) => {
      const store = await livedByTheHour(steps);
      await check({ store, history: await historyOf(store) }, first, second);
    }),
    { numRuns: RUNS },
  );

const scopeOf = (by: ProgressDimension, key: string): Scope => {
  const named: Record<ProgressDimension, Scope> = {
    place: { placeId: key },
    town: { townId: key },
    batch: { batch: key },
    level: { fundingLevel: key },
    type: { projectType: key },
    month: { untilMonth: key },
  };
  return named[by];
};

describe('over random histories and points', () => {
  test('every figure of the balances and of every progress report is the sum of its events', () =>
    over(pairs, async ({ store, history }, question) => {
      const { asOf } = await pointOf(store, question);
      for (const place of balancesAt(history, asOf).places) {
        const scope = { placeId: place.placeId };
        for (const measure of MEASURES) {
          expect([measure, explain(history, asOf, measure, scope).sum]).toEqual([
            measure,
            place[measure],
          ]);
        }
        expect(explain(history, asOf, 'allocations', scope).sum).toBe(place.allocations);
      }
      for (const by of PROGRESS_DIMENSIONS) {
        const { lines, total } = progressAt(history, asOf, { by, on: '2024-06-30' });
        for (const line of lines) {
          const scope = scopeOf(by, line.key);
          for (const measure of MEASURES) {
            const { sum } = explain(history, asOf, measure, scope);
            expect([by, line.key, measure, sum]).toEqual([by, line.key, measure, line[measure]]);
          }
        }
        expect(explain(history, asOf, 'paidFen').sum).toBe(total.paidFen);
      }
    }));

  test('what requests hold and how often was refused is the sum of its events', () =>
    over(pairs, async ({ store, history }) => {
      const views = openViews({ file: ':memory:', store });
      await views.catchUp();
      const { asOf } = await pointOf(store, {});
      for (const { allocationId, reservedFen, refusals } of allocations(views.db).lines) {
        for (const [figure, shown] of Object.entries({ reservedFen, refusals })) {
          const explained = await explainAny(history, store, asOf, figure as UnpostedFigure, {
            allocationId,
          });
          expect([figure, explained.sum]).toEqual([figure, shown]);
        }
      }
      await views.close();
    }));

  test('a difference opens and closes with the figures of its points, and its events explain it all', () =>
    over(pairs, async ({ store, history }, first, second) => {
      const [from, to] = [await pointOf(store, first), await pointOf(store, second)];
      for (const by of DIFFERENCE_DIMENSIONS) {
        const question = { measure: 'onHandFen', by } as const;
        const { lines, total } = difference(history, from.asOf, to.asOf, question);
        for (const line of lines) {
          const explained = line.changes.reduce((sum, { effectFen }) => sum + effectFen, 0);
          expect(explained).toBe(line.inFen - line.outFen);
          expect(line.closingFen).toBe(line.openingFen + explained);
        }
        const summed = (of: 'openingFen' | 'closingFen') =>
          lines.reduce((sum, line) => sum + line[of], 0);
        expect([summed('openingFen'), summed('closingFen')]).toEqual([
          total.openingFen,
          total.closingFen,
        ]);
        if (by !== 'place') continue;
        const figures = (at: typeof from) =>
          new Map(balancesAt(history, at.asOf).places.map((p) => [p.placeId, p.onHandFen]));
        const [before, after] = [figures(from), figures(to)];
        for (const { key, openingFen, closingFen } of lines) {
          expect([openingFen, closingFen]).toEqual([before.get(key) ?? 0, after.get(key) ?? 0]);
        }
        const told = new Set(lines.map(({ key }) => key));
        for (const [placeId, fen] of after) if (fen !== 0) expect(told.has(placeId)).toBe(true);
      }
    }));

  test('a statement runs from its opening to the balance that the place had', () =>
    over(pairs, async ({ store, history }, question, { asOf: from = '2024-01-01' }) => {
      const { asOf } = await pointOf(store, question);
      const fromDay = dayNumber(from);
      const balances = new Map(
        balancesAt(history, asOf).places.map((place) => [place.placeId, place.onHandFen]),
      );
      const kinds = new Map<number, Posting>();
      history.postings.each(asOf, (posting) => kinds.set(posting.position, posting));
      for (const [place, { placeId }] of history.dimensions.places.entries()) {
        const book = statement(history, place, { fromDay, asOf });
        expect([placeId, book.closingFen]).toEqual([placeId, balances.get(placeId) ?? 0]);
        let balanceFen = book.openingFen;
        for (const line of book.lines) {
          balanceFen += line.inFen - line.outFen;
          expect(line.balanceFen).toBe(balanceFen);
          expect(dayNumber(line.on)).toBeGreaterThanOrEqual(fromDay);
          const posting = line.carried === undefined ? kinds.get(line.position) : undefined;
          if (posting === undefined) continue;
          const { from, to } = transferKindAt(posting.transferKind);
          const fen = posting.amountFen;
          if (from === 'quota' && to === 'treasury')
            expect([line.inFen, line.outFen]).toEqual([fen, 0]);
          // What others pay in advance leaves the place's money when it is repaid.
          if (from === 'advance' || (from === 'paid' && to === 'advance')) {
            expect([line.inFen, line.outFen]).toEqual([0, 0]);
            continue;
          }
          if (to === 'paid' || to === 'advance')
            expect([line.inFen, line.outFen]).toEqual([0, fen]);
          // Taken back from a payee is spending with the other sign, never income.
          if (from === 'paid') expect([line.inFen, line.outFen]).toEqual([0, -fen]);
        }
      }
    }));

  test('ages are those of a purse of single fen, the first that came in spent first', () =>
    over(pairs, async ({ store, history }, question) => {
      const { asOf } = await pointOf(store, question);
      const onDay = dayNumber('2024-12-31');
      const ages = ageing(history, asOf, onDay, await reversalsWithin(store, history, asOf));
      const paymentOf = await paymentOfEachReversal(store);
      const told = new Map(ages.map(({ allocation, lots }) => [allocation, lots]));
      for (const allocation of history.dimensions.allocations.keys()) {
        const lots = told.get(allocation) ?? [];
        const aged = lots.flatMap(({ ageDays, remainingFen }) =>
          Array.from({ length: remainingFen }, () => ageDays),
        );
        const purse = purseOf(history, allocation, asOf, onDay, paymentOf);
        if (purse !== undefined) expect(aged).toEqual(purse);
      }
      const sum = ages.reduce((fen, { onHandFen }) => fen + onHandFen, 0);
      expect(bandsOf(ages).reduce((fen, band) => fen + band, 0)).toBe(sum);
    }));
});

/** The position of the payment that each reversal takes back, from the events themselves. */
const paymentOfEachReversal = async (store: EventStore): Promise<ReadonlyMap<number, number>> => {
  const paid = new Map<unknown, number>();
  const reversed = new Map<number, number>();
  for await (const { type, data, position } of store.readAll()) {
    const { paymentId } = data;
    if (type === 'FundsDisbursed') paid.set(paymentId, Number(position));
    if (type === 'DisbursementReversed') reversed.set(Number(position), paid.get(paymentId) ?? 0);
  }
  return reversed;
};

const isOnHand = (account: string): boolean => account === 'treasury' || account === 'unit';

/**
 * Every fen by itself, with its age; undefined where something was spent before it came in, and where
 * entries other than payments were taken back or money was adjusted: `ageing-lots.spec.ts` has those.
 */
const purseOf = (
  { postings }: History,
  allocation: number,
  asOf: Parameters<typeof ageing>[1],
  onDay: number,
  paymentOf: ReadonlyMap<number, number>,
): readonly number[] | undefined => {
  const own: { day: number; position: number; transferKind: number; amountFen: number }[] = [];
  postings.each(asOf, (posting) => {
    if (posting.allocation === allocation) own.push(posting);
  });
  own.sort((left, right) => left.day - right.day || left.position - right.position);
  const purse: { readonly day: number; readonly number: number }[] = [];
  const spent = new Map<number, (typeof purse)[number][]>();
  let number = 0;
  for (const { day, position, transferKind, amountFen } of own) {
    const { from, to } = transferKindAt(transferKind);
    for (let fen = 0; fen < amountFen; fen++) {
      if (from === 'quota' && to === 'treasury') purse.push({ day, number: number++ });
      else if (to === 'paid' || to === 'returned' || (to === 'source' && from !== 'quota')) {
        const first = purse.shift();
        if (first === undefined) return undefined;
        if (to === 'paid') spent.set(position, [...(spent.get(position) ?? []), first]);
      } else if (from === 'paid') {
        const last = spent.get(paymentOf.get(position) ?? 0)?.pop();
        if (last === undefined) return undefined;
        purse.push(last);
        purse.sort((left, right) => left.number - right.number);
      } else if (isOnHand(from) !== isOnHand(to)) {
        return undefined;
      }
    }
  }
  return purse.map(({ day }) => onDay - day);
};

test('a request holds its sum until it is rejected', async () => {
  const step = (verb: number) => ({ verb, fund: 0, amount: 30, subject: 0, day: 1 });
  const [arrive, request, reject] = [step(1), step(3), step(5)];
  const scope = { allocationId: 'fund0' };
  for (const [steps, effects] of [
    [[arrive, request], [30]],
    [
      [arrive, request, reject],
      [30, -30],
    ],
  ] as const) {
    const store = await livedByTheHour(steps);
    const { asOf } = await pointOf(store, {});
    const history = await historyOf(store);
    const { contributions } = await explainAny(history, store, asOf, 'reservedFen', scope);
    expect(contributions.map(({ effect }) => effect)).toEqual(effects);
  }
});

test('a point without limits takes in everything', () => {
  expect(NO_DAY_LIMIT).toBeGreaterThan(dayNumber('9999-12-31'));
});
