import { places } from '#projections/place-directory/query';
import type { ReadDatabase } from '#projections/read-database';

/** A place as it is called after the last event, and the place that has its money now. */
export interface PackagedPlace {
  readonly placeId: string;
  /** Names from the county down, with strokes between. */
  readonly path: string;
  /** Itself, unless it was merged into another. */
  readonly heir: Pick<PackagedPlace, 'placeId' | 'path'>;
}

/** Every place by its id. */
export const packagedPlaces = (db: ReadDatabase): ReadonlyMap<string, PackagedPlace> => {
  const entries = new Map(places(db).map((place) => [place.placeId, place]));
  const heirOf = (placeId: string): string => {
    const into = entries.get(placeId)?.mergedInto ?? undefined;
    return into === undefined ? placeId : heirOf(into);
  };
  const named = (placeId: string) => ({
    placeId,
    path: entries.get(placeId)?.path.join('/') ?? '',
  });
  return new Map(
    [...entries.keys()].map((placeId) => [
      placeId,
      { ...named(placeId), heir: named(heirOf(placeId)) },
    ]),
  );
};

/** The county; of several the first, and how many there are. */
export const countyName = (db: ReadDatabase): string => {
  const counties = places(db, { level: 'county' });
  const [first] = counties;
  if (first === undefined) return '';
  return counties.length === 1 ? first.name : `${first.name} 等 ${counties.length} 个县`;
};
