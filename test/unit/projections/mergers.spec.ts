import { describe, expect, test } from '@jest/globals';
import type { EventStore } from '#event-store/port';
import { openPastViews } from '#history/as-of/past-views';
import { viewEventsOf } from '#projections/engine/event-source';
import { VIEWS } from '#projections/registry';
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
  mergerRevoked,
  movedUnder,
  registered,
  type DatedEvent,
} from '../../support/place-log.ts';
import { fc, times } from '../../support/property.ts';
import { historyOf } from '../history/given.ts';
import { openCircles, takeMerger, type NaiveMerger } from '../history/naive.ts';

const VILLAGES = ['a', 'b', 'c', 'd', 'e', 'f'];

const BEGINNING: readonly DatedEvent[] = [
  registered('county', 'county'),
  registered('town', 'town', 'county'),
  registered('other-town', 'town', 'county'),
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
/** What is done to places: towns and villages merged, a merger of the list taken back, a village moved. */
const changes = fc.array(
  fc.record({ from: village, into: village, on: day, verb: fc.nat(5), of: fc.nat(11) }),
  { maxLength: 14 },
);
interface Change {
  readonly from: string;
  readonly into: string;
  readonly on: string;
  readonly verb: number;
  readonly of: number;
}

const logWith = (rows: readonly Change[]): readonly DatedEvent[] => {
  const events = [...BEGINNING];
  for (const { from, into, on, verb, of } of rows) {
    const index = events.findLastIndex(
      (event, at) => at <= BEGINNING.length + of && isMerger(event),
    );
    const target = events[index];
    const [town, other] =
      of % 2 === 0 ? (['town', 'other-town'] as const) : (['other-town', 'town'] as const);
    if (verb === 0) events.push(merged(town, other, on));
    else if (verb < 3) events.push(merged(from, into, on));
    else if (verb === 5) events.push(movedUnder(from, other, on));
    else if (target?.type === 'PlaceMerged') {
      events.push(mergerRevoked(target.data.placeId, index, on));
    }
  }
  return events;
};

const isMerger = ({ type }: DatedEvent): boolean => type === 'PlaceMerged';

/** The slow and obvious way: money goes to where the mergers end that were made by a day. */
const naiveBalances = (events: readonly DatedEvent[], asOf = '9999-12-31') => {
  const mergers = new Map<string, NaiveMerger>();
  events.forEach((event, index) => {
    if (event.on > asOf) return;
    takeMerger(mergers, { ...event, id: eventIdAt(index), position: BigInt(index) });
  });
  openCircles(mergers);
  const fen: Record<string, number> = {};
  VILLAGES.forEach((home, index) => {
    let end = home;
    while (mergers.has(end)) end = mergers.get(end)?.into ?? '';
    fen[end] = (fen[end] ?? 0) + 2 ** index;
  });
  return fen;
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

describe('a merger taken back', () => {
  const events = [
    ...BEGINNING,
    merged('a', 'b'),
    merged('b', 'c', '2024-03-02'),
    mergerRevoked('b', BEGINNING.length + 1, '2024-03-05'),
  ];

  test('gives the place its own money again, with that of places merged into it', async () => {
    const views = await viewsOf(await logOf(events));
    expect(shown(villageBalances(views.db))).toMatchObject({ b: 3, c: 4 });
    const found = places(views.db).find(({ placeId }) => placeId === 'b');
    expect(found).toMatchObject({ mergedInto: null, mergedOn: null });
    await views.close();
  });

  test('holds from its day on: the days before are answered as they were', async () => {
    const history = await historyOf(await logOf(events));
    const on = (text: string) =>
      shown(balancesAt(history, { position: history.position, day: dayNumber(text) }));
    expect(on('2024-03-04')).toMatchObject({ c: 7 });
    expect(on('2024-03-05')).toMatchObject({ b: 3, c: 4 });
  });

  test('opens a circle: the merger that was without effect holds now', async () => {
    const circle = [...BEGINNING, merged('a', 'b'), merged('b', 'a', '2024-03-02')];
    const mended = [...circle, mergerRevoked('a', BEGINNING.length, '2024-03-05')];
    const views = await viewsOf(await logOf(mended));
    expect(shown(villageBalances(views.db))).toMatchObject({ a: 3, c: 4 });
    expect(mergersInCircles(views.db)).toEqual([]);
    await views.close();
  });
});

describe('a village moved under another town', () => {
  test('is counted there from the day on', async () => {
    const store = await logOf([...BEGINNING, movedUnder('a', 'other-town', '2024-03-05')]);
    const views = await viewsOf(store);
    const history = await historyOf(store);
    const byTown = { by: 'town', on: '2024-12-31' } as const;
    const keys = (lines: readonly { readonly key: string; readonly allocatedFen: number }[]) =>
      Object.fromEntries(lines.map(({ key, allocatedFen }) => [key, allocatedFen]));
    expect(keys(spendingProgress(views.db, byTown).lines)).toEqual({ town: 62, 'other-town': 1 });
    const on = (text: string) =>
      keys(progressAt(history, { position: history.position, day: dayNumber(text) }, byTown).lines);
    expect(on('2024-03-04')).toEqual({ town: 63 });
    expect(on('2024-03-05')).toEqual({ town: 62, 'other-town': 1 });
    const [moved] = places(views.db, { parentId: 'other-town' });
    expect(moved?.path).toEqual(['county', 'other-town', 'a']);
    await views.close();
  });
});

describe('whatever mergers a log holds', () => {
  test('every view, live and as of any day, has the money where the slow and obvious way has it', () =>
    fc.assert(
      fc.asyncProperty(changes, day, async (rows, asOf) => {
        const events = logWith(rows);
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
        const byTown = { ...question, by: 'town' } as const;
        expect(progressAt(history, now, byTown).lines).toEqual(
          spendingProgress(views.db, byTown).lines,
        );
        expect(balancesAt(history, now)).toEqual(villageBalances(views.db));
        const before = views.digest();
        await views.rebuild();
        expect(views.digest()).toEqual(before);
        const pastViews = await openPastViews(store, viewEventsOf(store), VIEWS, past);
        expect(shown(villageBalances(pastViews.db))).toEqual(naiveBalances(events, asOf));
        expect(progressAt(history, past, byTown).lines).toEqual(
          spendingProgress(pastViews.db, byTown).lines,
        );
        expect(balancesAt(history, past)).toEqual(villageBalances(pastViews.db));
        await pastViews.close();
        await views.close();
      }),
      { numRuns: times(20, 600) },
    ));
});

describe('a merged town', () => {
  test('has its villages counted with its successor, live and as of a day after the merger', async () => {
    const store = await logOf([...BEGINNING, merged('town', 'other-town')]);
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
