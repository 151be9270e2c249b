import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { explainAny } from '#history/questions/explain-any';
import type { Figure } from '#history/questions/explain';
import { MEASURES } from '#history/questions/measures';
import { NO_DAY_LIMIT } from '#history/as-of/as-of-request';
import type { Scope } from '#history/questions/scope';
import { allocations, notices } from '#projections/allocation-register/query';
import { spendingProgress } from '#projections/spending-progress/query';
import { PROGRESS_DIMENSIONS, type ProgressDimension } from '#projections/spending-progress/report';
import { villageBalances } from '#projections/village-balance/query';
import { countyLedger, demoLedger, type OpenedLedger } from './ledgers.ts';

const SCOPES: Record<ProgressDimension, (key: string) => Scope> = {
  place: (placeId) => ({ placeId }),
  town: (townId) => ({ townId }),
  batch: (batch) => ({ batch }),
  level: (fundingLevel) => ({ fundingLevel }),
  type: (projectType) => ({ projectType }),
  month: (untilMonth) => ({ untilMonth }),
};

describe.each([
  ['the demo', demoLedger],
  ['a generated county', () => countyLedger(40, 7)],
] as const)('every figure of %s is the sum of the events that explain it', (_name, open) => {
  let opened: OpenedLedger;
  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened.close());

  const everything = () => ({ position: opened.history.position, day: NO_DAY_LIMIT });
  const sumOf = async (figure: Figure, scope: Scope): Promise<number> => {
    const { ledger, history } = opened;
    const { sum, contributions } = await explainAny(
      history,
      ledger.store,
      everything(),
      figure,
      scope,
    );
    expect(contributions.reduce((total, { effect }) => total + effect, 0)).toBe(sum);
    return sum;
  };
  const check = async (figure: Figure, scope: Scope, shown: number): Promise<void> => {
    expect([figure, scope, await sumOf(figure, scope)]).toEqual([figure, scope, shown]);
  };

  test('in the balances of every place', async () => {
    const { places, totals } = villageBalances(opened.ledger.views.db);
    expect(places.length).toBeGreaterThan(10);
    for (const place of places) {
      const scope = { placeId: place.placeId };
      for (const measure of MEASURES) await check(measure, scope, place[measure]);
      await check('allocations', scope, place.allocations);
    }
    for (const measure of MEASURES) await check(measure, {}, totals[measure]);
  });

  test.each(PROGRESS_DIMENSIONS)('in the progress by %s', async (by) => {
    const { lines } = spendingProgress(opened.ledger.views.db, { by, on: '2024-12-31' });
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) {
      for (const measure of MEASURES) await check(measure, SCOPES[by](line.key), line[measure]);
      if (by !== 'month') await check('allocations', SCOPES[by](line.key), line.allocations);
    }
  });

  test('in every line of the register, with what requests hold and how often was refused', async () => {
    const { lines } = allocations(opened.ledger.views.db, { limit: 100_000 });
    for (const line of lines) {
      const scope = { allocationId: line.allocationId };
      for (const measure of MEASURES) await check(measure, scope, line[measure]);
      await check('reservedFen', scope, line.reservedFen);
      await check('refusals', scope, line.refusals);
    }
  });

  test('in the sums of every annex', async () => {
    for (const { noticeId, annexes } of notices(opened.ledger.views.db)) {
      for (const { annex, sumFen, lines } of annexes) {
        await check('issuedFen', { noticeId, annex }, sumFen);
        await check('allocations', { noticeId, annex }, lines);
      }
    }
  });
});
