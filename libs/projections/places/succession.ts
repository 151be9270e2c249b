import type { RowTable } from '../engine/row-table.ts';
import { table, type ColumnType } from '../engine/view.ts';
import type { ViewEvent } from '../engine/view-event.ts';

/** What a view needs to know of places to show money where it belongs. Each view keeps its own. */
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

export type PlaceEvent = Extract<ViewEvent, { type: `Place${string}` }>;

export const isPlaceEvent = (event: ViewEvent): event is PlaceEvent =>
  event.type.startsWith('Place');

export const foldPlace = (places: RowTable<PlaceRow>, event: PlaceEvent): void => {
  const { placeId } = event.data;
  switch (event.type) {
    case 'PlaceRegistered': {
      const { name, level, parentId = null } = event.data;
      return places.put({ placeId, name, level, parentId, mergedInto: null });
    }
    case 'PlaceRenamed':
      return places.put({ ...known(places, placeId), name: event.data.name });
    case 'PlaceMerged':
      return places.put({ ...known(places, placeId), mergedInto: event.data.intoPlaceId });
    case 'PlaceCodeAssigned':
      return;
  }
};

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
