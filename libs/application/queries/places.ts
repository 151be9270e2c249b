import {
  places as placesIn,
  type PlaceEntry,
  type PlaceFilter,
} from '#projections/place-directory/query';
import { placeDirectoryView } from '#projections/place-directory/view';
import { alike } from './query.ts';

export interface PlaceList {
  readonly places: readonly PlaceEntry[];
}

export const places = alike([placeDirectoryView], ({ db }, filter: PlaceFilter): PlaceList => ({
  places: placesIn(db, filter),
}));
