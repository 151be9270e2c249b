import type { RowTable } from '../engine/row-table.ts';
import type { Handlers } from '../engine/view.ts';
import { table, type ColumnType } from '../engine/table.ts';

/** What a view needs to know of places to show money where it belongs. Each view has its own table. */
export interface PlaceRow {
  readonly placeId: string;
  readonly name: string;
  readonly level: 'county' | 'town' | 'village';
  readonly parentId: string | null;
  readonly mergedInto: string | null;
}

const COLUMNS = {
  placeId: 'TEXT',
  name: 'TEXT',
  level: 'TEXT',
  parentId: 'TEXT',
  mergedInto: 'TEXT',
} as const satisfies Record<keyof PlaceRow, ColumnType>;

export const placeTable = (name: string) => table<PlaceRow>(name, 'placeId', COLUMNS);

/** The rows of a view that has such a table. */
export interface WithPlaces {
  readonly places: RowTable<PlaceRow>;
}

/** How that table follows from the events of places. */
export const placeHandlers = {
  PlaceRegistered: ({ places }, { data: { placeId, name, level, parentId = null } }) =>
    places.put({ placeId, name, level, parentId, mergedInto: null }),
  PlaceRenamed: ({ places }, { data: { placeId, name } }) =>
    places.put({ ...known(places, placeId), name }),
  PlaceMerged: ({ places }, { data: { placeId, intoPlaceId } }) =>
    places.put({ ...known(places, placeId), mergedInto: intoPlaceId }),
} as const satisfies Handlers<WithPlaces>;

/** Where a place's money is now: itself, or the end of its mergers. */
export const successorOf = (places: RowTable<PlaceRow>, placeId: string): PlaceRow => {
  let place = known(places, placeId);
  const met = new Set([placeId]);
  while (place.mergedInto !== null) {
    if (met.has(place.mergedInto)) throw new Error(`Place ${placeId} is merged in a circle.`);
    met.add(place.mergedInto);
    place = known(places, place.mergedInto);
  }
  return place;
};

const known = (places: RowTable<PlaceRow>, placeId: string): PlaceRow => {
  const place = places.get(placeId);
  if (place === undefined) throw new Error(`Place ${placeId} was never registered.`);
  return place;
};
