import { table, type ColumnType } from '../engine/table.ts';
import type { RowTable } from '../engine/row-table.ts';
import type { Handlers } from '../engine/view.ts';
import {
  merge,
  revoke,
  successionIn,
  UNMERGED,
  type Merging,
  type Succession,
} from '../mergers/succession.ts';

/** What a view needs to know of places to show money where it belongs. Each view has its own table. */
export interface PlaceRow extends Merging {
  readonly placeId: string;
  readonly name: string;
  readonly level: 'county' | 'town' | 'village';
  readonly parentId: string | null;
}

const COLUMNS = {
  placeId: 'TEXT',
  name: 'TEXT',
  level: 'TEXT',
  parentId: 'TEXT',
  mergedInto: 'TEXT',
  circleInto: 'TEXT',
  mergerEventId: 'TEXT',
} as const satisfies Record<keyof PlaceRow, ColumnType>;

export const placeTable = (name: string) => table<PlaceRow>(name, 'placeId', COLUMNS);

/** The rows of a view that has such a table. */
export interface WithPlaces {
  readonly places: RowTable<PlaceRow>;
}

/** How that table follows from the events of places. */
export const placeHandlers = {
  PlaceRegistered: ({ places }, { data: { placeId, name, level, parentId = null } }) =>
    places.put({ placeId, name, level, parentId, ...UNMERGED }),
  PlaceRenamed: ({ places }, { data: { placeId, name } }) =>
    places.put({ ...known(places, placeId), name }),
  PlaceMerged: (rows, { id: eventId, data: { placeId, intoPlaceId: into } }) =>
    merge(mergersIn(rows), { from: placeId, into, eventId }),
  PlaceMergerRevoked: (rows, { data: { placeId, reversedEventId } }) =>
    revoke(mergersIn(rows), placeId, reversedEventId),
  PlaceParentChanged: ({ places }, { data: { placeId, parentId } }) =>
    places.put({ ...known(places, placeId), parentId }),
} as const satisfies Handlers<WithPlaces>;

/** The mergers of such a table. */
export const mergersIn = ({ places }: WithPlaces): Succession =>
  successionIn(places, (row, merging) => ({ ...row, ...merging }));

const known = (places: RowTable<PlaceRow>, placeId: string): PlaceRow => {
  const place = places.get(placeId);
  if (place === undefined) throw new Error(`Place ${placeId} was never registered.`);
  return place;
};
