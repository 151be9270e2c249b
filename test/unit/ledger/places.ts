import type { DivisionLevel } from '#ledger/division-code';
import { noPlaces, type KnownPlaces } from '#ledger/place/known-places';
import { learn } from '#ledger/place/learn-place';
import type { PlaceEvent } from '#ledger/place/place-events';

/** What happened to places, one day after the other from 2024-02-01 on. */
export const placesAfter = (...events: readonly PlaceEvent[]): KnownPlaces => {
  const places = noPlaces();
  events.forEach((event, index) =>
    learn(places, {
      ...event,
      id: `event-${index}`,
      position: index + 1,
      occurredOn: `2024-02-${`${index + 1}`.padStart(2, '0')}`,
    }),
  );
  return places;
};

export const registered = (
  placeId: string,
  level: DivisionLevel,
  name: string,
  parentId?: string,
): PlaceEvent => ({
  type: 'PlaceRegistered',
  data: {
    ...{ placeId, level, name, validFrom: '2024-01-01' },
    ...(parentId === undefined ? {} : { parentId }),
  },
});

export const mergedInto = (placeId: string, intoPlaceId: string): PlaceEvent => ({
  type: 'PlaceMerged',
  data: { placeId, intoPlaceId },
});

/** The places around the examples: two counties, two towns, two villages. */
export const NEIGHBOURS: readonly PlaceEvent[] = [
  registered('pinglu', 'county', '平鲁区'),
  registered('yuci', 'county', '榆次区'),
  registered('jiazhuang', 'town', '贾庄乡', 'pinglu'),
  registered('shentou', 'town', '神头镇', 'pinglu'),
  registered('beicao', 'village', '北曹村', 'jiazhuang'),
  registered('nancao', 'village', '南曹村', 'jiazhuang'),
];
