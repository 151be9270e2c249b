import { describe, expect, test } from '@jest/globals';
import { placeIdOf } from '#event-codec/ids';
import { placesNamedOn } from '#importers/plan/find-places';
import type { PlaceEvent } from '#ledger/place/place-events';
import { mergedInto, placesAfter, registered } from '../ledger/places.ts';

/** Registered on 2024-02-01 to 04; what follows is of 02-05, 02-06 and so on. */
const COUNTY: readonly PlaceEvent[] = [
  registered('county', 'county', '柳县'),
  registered('north', 'town', '北关镇', 'county'),
  registered('south', 'town', '南关镇', 'county'),
  registered('village', 'village', '前营村', 'north'),
];

const foundOn = (day: string, path: readonly string[], ...later: readonly PlaceEvent[]) =>
  placesNamedOn(placesAfter(...COUNTY, ...later), `2024-02-${day}`)(path);

const known = (placeId: string) => ({ kind: 'known', placeId });
const PATH = ['柳县', '北关镇', '前营村'];

describe('a place in a plan', () => {
  test('is found by its names, whatever its id', () => {
    expect(foundOn('10', PATH)).toEqual(known('village'));
    expect(foundOn('10', ['柳县'])).toEqual(known('county'));
  });

  test('is found by its official name and by the one before it, on days before and after', () => {
    const renamed: PlaceEvent = {
      type: 'PlaceRenamed',
      data: { placeId: 'north', name: '北新街道' },
    };
    for (const day of ['04', '10']) {
      expect(foundOn(day, PATH, renamed)).toEqual(known('village'));
      expect(foundOn(day, ['柳县', '北新街道', '前营村'], renamed)).toEqual(known('village'));
    }
  });

  test('is the one that is called so on the day, where another was called so before', () => {
    const swapped: readonly PlaceEvent[] = [
      { type: 'PlaceRenamed', data: { placeId: 'north', name: '北新街道' } },
      { type: 'PlaceRenamed', data: { placeId: 'south', name: '北关镇' } },
    ];
    expect(foundOn('04', ['柳县', '北关镇'], ...swapped)).toEqual(known('north'));
    expect(foundOn('10', ['柳县', '北关镇'], ...swapped)).toEqual(known('south'));
  });

  test('is found under a town that was merged, and under the town that has it since', () => {
    const merger = mergedInto('north', 'south');
    for (const town of ['北关镇', '南关镇']) {
      expect(foundOn('10', ['柳县', town, '前营村'], merger)).toEqual(known('village'));
    }
  });

  test('is found under the town that it has left, and the one that it has come to', () => {
    const moved: PlaceEvent = {
      type: 'PlaceParentChanged',
      data: { placeId: 'village', parentId: 'south', approval: '〔2024〕1号' },
    };
    for (const town of ['北关镇', '南关镇']) {
      expect(foundOn('10', ['柳县', town, '前营村'], moved)).toEqual(known('village'));
    }
  });

  test('that was merged away is still the place that its name means, unless another has the name', () => {
    const events = [
      registered('back', 'village', '后营村', 'north'),
      mergedInto('village', 'back'),
    ];
    expect(foundOn('10', PATH, ...events)).toEqual(known('village'));
    const namesake = registered('namesake', 'village', '前营村', 'north');
    expect(foundOn('10', PATH, ...events, namesake)).toEqual(known('namesake'));
  });

  test('that no place is called is new, under the town that has its town’s villages', () => {
    const path = ['柳县', '北关镇', '西营村'];
    const isNew = { kind: 'new', placeId: placeIdOf(path) };
    expect(foundOn('10', path)).toEqual({ ...isNew, parentId: 'north' });
    const merger = mergedInto('north', 'south');
    expect(foundOn('10', path, merger)).toEqual({ ...isNew, parentId: 'south' });
    expect(foundOn('04', path, merger)).toEqual({ ...isNew, parentId: 'north' });
  });

  test('with the name of two villages of merged towns is ambiguous', () => {
    const namesake = registered('namesake', 'village', '前营村', 'south');
    expect(foundOn('10', PATH, namesake, mergedInto('north', 'south'))).toEqual({
      kind: 'ambiguous',
      placeIds: ['village', 'namesake'],
    });
  });

  test('is of the level that its path has: a town is no village of its name', () => {
    const path = ['柳县', '北关镇', '南关镇'];
    expect(foundOn('10', path)).toMatchObject({ kind: 'new', placeId: placeIdOf(path) });
  });
});
