import { describe, expect, test } from '@jest/globals';
import type { EventStore } from '#event-store/port';
import { NO_DAY_LIMIT } from '#history/as-of/as-of-request';
import { balancesAt } from '#history/questions/balances-at';
import { progressAt } from '#history/questions/progress-at';
import { dayNumber } from '#ledger/calendar';
import { mergersInCircles, places } from '#projections/place-directory/query';
import { openViews } from '#projections/open-views';
import type { RunningViews } from '#projections/engine/running-views';
import { payeeSums } from '#projections/payee-payments/query';
import { spendingProgress } from '#projections/spending-progress/query';
import { villageBalances } from '#projections/village-balance/query';
import {
  eventIdAt,
  fundsOf,
  logOf,
  merged,
  registered,
  type DatedEvent,
} from '../../support/place-log.ts';
import { fc, times } from '../../support/property.ts';
import { historyOf } from '../history/given.ts';

const VILLAGES = ['a', 'b', 'c', 'd', 'e', 'f'];

const BEGINNING: readonly DatedEvent[] = [
  registered('county', 'county'),
  registered('town', 'town', 'county'),
  ...VILLAGES.map((village) => registered(village, 'village', 'town')),
  ...fundsOf(VILLAGES),
];

const viewsOf = async (store: EventStore): Promise<RunningViews> => {
  const views = openViews({ file: ':memory:', store });
  await views.catchUp();
  return views;
};

/** Fen by place, as a report of balances has it. */
const shown = ({ places: rows }: ReturnType<typeof villageBalances>) =>
  Object.fromEntries(rows.map(({ placeId, allocatedFen }) => [placeId, allocatedFen]));

const village = fc.constantFrom(...VILLAGES);
const day = fc.integer({ min: 1, max: 28 }).map((n) => `2024-03-${`${n}`.padStart(2, '0')}`);
const mergers = fc
  .array(fc.record({ from: village, into: village, on: day }), { maxLength: 12 })
  .map((all) => all.map(({ from, into, on }) => merged(from, into, on)));

/**
 * The slow and obvious way: the last merger of each place, and of every circle the newest left out.
 * Money goes to where the mergers end.
 */
const naiveBalances = (events: readonly DatedEvent[], asOf = '9999-12-31') => {
  const edges = new Map<string, { readonly into: string; readonly index: number }>();
  events.forEach((event, index) => {
    if (event.on > asOf) return;
    if (event.type === 'PlaceMerged') {
      edges.set(event.data.placeId, { into: event.data.intoPlaceId, index });
    }
  });
  for (const start of VILLAGES) {
    const circle = circleFrom(start, edges);
    const newest = circle.toSorted(
      (l, r) => (edges.get(r)?.index ?? 0) - (edges.get(l)?.index ?? 0),
    );
    if (newest[0] !== undefined) edges.delete(newest[0]);
  }
  const fen: Record<string, number> = {};
  VILLAGES.forEach((home, index) => {
    let end = home;
    while (edges.has(end)) end = edges.get(end)?.into ?? '';
    fen[end] = (fen[end] ?? 0) + 2 ** index;
  });
  return fen;
};

/** The places of the circle that a walk from a place comes back to its start on; none where it does not. */
const circleFrom = (start: string, edges: ReadonlyMap<string, { readonly into: string }>) => {
  const way: string[] = [];
  for (let at: string | undefined = start; at !== undefined && !way.includes(at);) {
    way.push(at);
    at = edges.get(at)?.into;
    if (at === start) return way;
  }
  return [];
};

describe('two villages merged into each other', () => {
  const events = [...BEGINNING, merged('a', 'b'), merged('b', 'a', '2024-03-02')];

  test('leave no view halted, and the first merger holds', async () => {
    const views = await viewsOf(await logOf(events));
    expect(views.status().filter(({ halted }) => halted !== undefined)).toEqual([]);
    const { b, c } = shown(villageBalances(views.db));
    expect({ b, c }).toEqual({ b: 3, c: 4 });
    expect(mergersInCircles(views.db)).toEqual([
      { placeId: 'b', name: 'b', intoName: 'a', mergerEventId: eventIdAt(events.length - 1) },
    ]);
    expect(payeeSums(views.db)).toEqual([]);
    await views.close();
  });

  test('are answered as of the day between, before and after', async () => {
    const history = await historyOf(await logOf(events));
    const on = (text: string) =>
      shown(balancesAt(history, { position: history.position, day: dayNumber(text) }));
    expect(on('2024-02-28')).toMatchObject({ a: 1, b: 2 });
    expect(on('2024-03-01')).toMatchObject({ b: 3 });
    expect(on('2024-03-02')).toMatchObject({ b: 3 });
  });
});

describe('whatever mergers a log holds', () => {
  test('every view, live and as of any day, has the money where the slow and obvious way has it', () =>
    fc.assert(
      fc.asyncProperty(mergers, day, async (merges, asOf) => {
        const events = [...BEGINNING, ...merges];
        const store = await logOf(events);
        const views = await viewsOf(store);
        const history = await historyOf(store);
        expect(shown(villageBalances(views.db))).toEqual(naiveBalances(events));
        const now = { position: history.position, day: NO_DAY_LIMIT };
        expect(shown(balancesAt(history, now))).toEqual(naiveBalances(events));
        const past = { position: history.position, day: dayNumber(asOf) };
        expect(shown(balancesAt(history, past))).toEqual(naiveBalances(events, asOf));
        const question = { by: 'place', on: '2024-12-31' } as const;
        const byPlace = spendingProgress(views.db, question).lines;
        expect(Object.fromEntries(byPlace.map((line) => [line.key, line.allocatedFen]))).toEqual(
          naiveBalances(events),
        );
        expect(progressAt(history, now, question).lines).toEqual(byPlace);
        await views.close();
      }),
      { numRuns: times(60, 600) },
    ));
});

describe('a merged town', () => {
  test('has its villages counted with its successor, live and as of a day after the merger', async () => {
    const store = await logOf([
      ...BEGINNING,
      registered('other-town', 'town', 'county'),
      merged('town', 'other-town'),
    ]);
    const views = await viewsOf(store);
    const history = await historyOf(store);
    const question = { by: 'town', on: '2024-12-31' } as const;
    const live = spendingProgress(views.db, question).lines;
    expect(live.map(({ key, allocatedFen }) => [key, allocatedFen])).toEqual([['other-town', 63]]);
    const now = { position: history.position, day: NO_DAY_LIMIT };
    expect(progressAt(history, now, question).lines).toEqual(live);
    const ofTown = villageBalances(views.db, { townId: 'other-town' });
    expect(ofTown.places[0]?.path).toEqual(['county', 'other-town', 'a']);
    expect(balancesAt(history, now, { townId: 'other-town' })).toEqual(ofTown);
    const before = { position: history.position, day: dayNumber('2024-02-29') };
    expect(balancesAt(history, before).places[0]?.path).toEqual(['county', 'town', 'a']);
    expect(places(views.db, { parentId: 'other-town' })).toHaveLength(VILLAGES.length);
    await views.close();
  });
});
