import { describe, expect, test } from '@jest/globals';
import { createExecutor } from '#application/commands/execute';
import { announcements, type AnnouncementList } from '#application/queries/announcements';
import { notices, type NoticeList } from '#application/queries/notices';
import type { QueryContext } from '#application/queries/query';
import { register, type RegisterPage } from '#application/queries/register';
import { idOf } from '#event-codec/ids';
import type { LedgerCommand } from '#ledger/ledger-events';
import { payments, requests } from '#projections/allocation-register/query';
import { balancesAt } from '#history/questions/balances-at';
import { openPastViews } from '#history/as-of/past-views';
import { progressAt } from '#history/questions/progress-at';
import { openViews } from '#projections/open-views';
import { viewEventsOf } from '#projections/engine/event-source';
import { spendingProgress } from '#projections/spending-progress/query';
import { PROGRESS_DIMENSIONS } from '#projections/spending-progress/report';
import { villageBalances } from '#projections/village-balance/query';
import { VIEWS } from '#projections/registry';
import { crossingDates, histories } from '../../support/histories.ts';
import { clerk } from '../ledger/given.ts';
import { days, historyOf, instants, livedByTheHour, pointOf } from './given.ts';
import { naiveBalances } from './naive.ts';
import { fc, times } from '../../support/property.ts';

const RUNS = times(20, 500, 2_000);

describe('over random histories, dates and instants', () => {
  test('balances as of a point are those of a naive fold of the log filtered by both axes', () =>
    fc.assert(
      fc.asyncProperty(histories, days, instants, async (steps, day, knownAt) => {
        const store = await livedByTheHour(steps);
        const { asOf } = await pointOf(store, { asOf: day, knownAt });
        const report = balancesAt(await historyOf(store), asOf);
        const naive = await naiveBalances(store, day, knownAt);
        const told = new Map(report.places.map((place) => [place.placeId, place]));
        for (const [placeId, accounts] of naive) {
          const place = told.get(placeId);
          expect([placeId, place?.unarrivedFen ?? 0]).toEqual([placeId, accounts.quota]);
          expect([placeId, place?.treasuryFen ?? 0]).toEqual([placeId, accounts.treasury]);
          expect([placeId, place?.unitFen ?? 0]).toEqual([placeId, accounts.unit]);
          expect([placeId, place?.paidFen ?? 0]).toEqual([placeId, accounts.paid]);
          expect([placeId, place?.returnedFen ?? 0]).toEqual([placeId, accounts.returned]);
          expect([placeId, place?.allocatedFen ?? 0]).toEqual([placeId, 0 - accounts.source]);
        }
        for (const place of report.places) {
          if (place.allocatedFen !== 0) expect(naive.has(place.placeId)).toBe(true);
        }
      }),
      { numRuns: RUNS * 4 },
    ));

  test('lists as of a point have as many rows as there are events of that kind within it', () =>
    fc.assert(
      fc.asyncProperty(crossingDates, days, instants, async (steps, day, knownAt) => {
        const store = await livedByTheHour(steps);
        const { asOf } = await pointOf(store, { asOf: day, knownAt });
        const past = await openPastViews(store, viewEventsOf(store), VIEWS, asOf);
        const context = { db: past.db, store, asOf } as QueryContext;
        const within: string[] = [];
        for await (const { type, position, meta } of store.readAll()) {
          const isWithin = Number(position) <= asOf.position && (meta['occurredOn'] ?? '') <= day;
          if (isWithin) within.push(type);
        }
        const count = (of: string): number => within.filter((type) => type === of).length;
        const { lines } = (await register.past(context, {})) as RegisterPage;
        const issued = (await notices.past(context, {})) as NoticeList;
        const board = (await announcements.past(context, { on: day })) as AnnouncementList;
        expect(lines).toHaveLength(count('FundsAllocated'));
        expect(issued.notices).toHaveLength(count('NoticeIssued'));
        expect(payments(past.db)).toHaveLength(count('FundsDisbursed'));
        expect(requests(past.db)).toHaveLength(count('DisbursementRequested'));
        // What was voided need not be announced.
        const owed = count('FundsAllocated') - count('AllocationVoided');
        expect(board.entries.filter(({ stage }) => stage === 'plan')).toHaveLength(owed);
        await past.close();
      }),
      { numRuns: RUNS },
    ));

  test('an allocation that an earlier announcement names is on no list before its own day', async () => {
    const store = await livedByTheHour([]);
    const execute = createExecutor(store, () => '2024-12-31T08:00:00.000Z');
    const posting: LedgerCommand = {
      type: 'PostAnnouncement',
      data: {
        announcementId: 'early',
        stage: 'plan',
        allocationIds: ['fund0'],
        placeId: 'village0',
        medium: '公示栏',
        from: '2023-12-20',
        plannedUntil: '2023-12-30',
        dayCount: 'calendar',
        level: 'village',
        contentSha256: 'a'.repeat(64),
      },
    };
    const commandId = idOf('posting');
    const occurredOn = '2023-12-20';
    const outcome = await execute(posting, { commandId, actor: clerk, occurredOn });
    expect(outcome.kind).toBe('happened');
    const { asOf } = await pointOf(store, { asOf: '2023-12-31' });
    const past = await openPastViews(store, viewEventsOf(store), VIEWS, asOf);
    const context = { db: past.db, store, asOf } as QueryContext;
    expect(await register.past(context, {})).toMatchObject({ lines: [] });
    expect(await notices.past(context, {})).toEqual({ notices: [] });
    const board = await announcements.past(context, { on: '2023-12-31' });
    expect(board).toMatchObject({ entries: [{ announcementId: 'early' }] });
    await past.close();
  });

  test('the past views fold the same figures from the same events', () =>
    fc.assert(
      fc.asyncProperty(histories, days, instants, async (steps, day, knownAt) => {
        const store = await livedByTheHour(steps);
        const history = await historyOf(store);
        const { asOf } = await pointOf(store, { asOf: day, knownAt });
        const past = await openPastViews(store, viewEventsOf(store), VIEWS, asOf);
        expect(past.status().flatMap(({ halted }) => halted ?? [])).toEqual([]);
        const folded = villageBalances(past.db);
        const { totals, villages, unplaced } = balancesAt(history, asOf);
        expect({ totals, villages, unplaced }).toEqual({
          totals: folded.totals,
          villages: folded.villages,
          unplaced: folded.unplaced,
        });
        await past.close();
      }),
      { numRuns: Math.ceil(RUNS / 2) },
    ));

  test('as of now, past and live reports are the same to the last letter', () =>
    fc.assert(
      fc.asyncProperty(histories, async (steps) => {
        const store = await livedByTheHour(steps);
        const history = await historyOf(store);
        const views = openViews({ file: ':memory:', store });
        await views.catchUp();
        const { asOf } = await pointOf(store, {});
        expect(balancesAt(history, asOf)).toEqual(villageBalances(views.db));
        for (const by of PROGRESS_DIMENSIONS) {
          const question = { by, on: '2024-06-30' };
          expect(progressAt(history, asOf, question)).toEqual(spendingProgress(views.db, question));
        }
        const past = await openPastViews(store, viewEventsOf(store), VIEWS, asOf);
        expect(past.digest()).toEqual(views.digest());
        await past.close();
        await views.close();
      }),
      { numRuns: Math.ceil(RUNS / 2) },
    ));

  test('nothing is created or lost on the way: places sum to allocations', () =>
    fc.assert(
      fc.asyncProperty(histories, days, async (steps, day) => {
        const store = await livedByTheHour(steps);
        const history = await historyOf(store);
        const { asOf } = await pointOf(store, { asOf: day });
        const { totals } = balancesAt(history, asOf);
        const { total } = progressAt(history, asOf, { by: 'place', on: day });
        expect(totals.paidFen).toBe(total.paidFen);
        expect(totals.allocatedFen).toBe(totals.arrivedFen + totals.unarrivedFen);
        expect(totals.allocatedFen).toBe(total.allocatedFen);
      }),
      { numRuns: Math.ceil(RUNS / 4) },
    ));
});

describe('an event that is dated before the one it relies on', () => {
  const at = (day: number) => ({ fund: 0, amount: 30, subject: 0, day });
  const verbs = { arrive: 1, request: 3, approve: 4, pay: 6, payOnStatement: 7, reverse: 8 };
  // Steps are dated month by month: the first in January, the second in February, and so on.
  const cases = {
    'an approval before its request': [
      { ...at(1), verb: verbs.arrive },
      { ...at(20), verb: verbs.request },
      ...Array.from({ length: 5 }, () => ({ ...at(1), verb: verbs.arrive })),
      { ...at(10), verb: verbs.approve },
    ],
    'a reversal before its payment': [
      { ...at(1), verb: verbs.arrive },
      { ...at(28), verb: verbs.payOnStatement },
      ...Array.from({ length: 4 }, () => ({ ...at(1), verb: verbs.arrive })),
      { ...at(10), verb: verbs.reverse },
    ],
  };

  test.each(Object.entries(cases))('%s is understood by every view', async (_name, steps) => {
    const store = await livedByTheHour(steps);
    const last = steps.at(-1)?.day ?? 0;
    const day = `2024-0${1 + ((steps.length - 1) % 6)}-${last}`;
    const { asOf } = await pointOf(store, { asOf: day });
    const past = await openPastViews(store, viewEventsOf(store), VIEWS, asOf);
    expect(past.status().flatMap(({ halted }) => halted ?? [])).toEqual([]);
    await past.close();
  });
});
