import { places } from '#projections/place-directory/query';
import type { ReadDatabase } from '#projections/engine/read-database';

/** A place as it is called after the last event, and the place that has its money now. */
export interface PackagedPlace {
  readonly placeId: string;
  /** Names from the county down, with strokes between. */
  readonly path: string;
  /** Itself, unless it was merged into another. */
  readonly successor: Pick<PackagedPlace, 'placeId' | 'path'>;
}

/** Every place by its id. */
export const packagedPlaces = (db: ReadDatabase): ReadonlyMap<string, PackagedPlace> => {
  const entries = new Map(places(db).map((place) => [place.placeId, place]));
  const successorOf = (placeId: string): string => {
    const into = entries.get(placeId)?.mergedInto ?? undefined;
    return into === undefined ? placeId : successorOf(into);
  };
  const named = (placeId: string) => ({
    placeId,
    path: entries.get(placeId)?.path.join('/') ?? '',
  });
  return new Map(
    [...entries.keys()].map((placeId) => [
      placeId,
      { ...named(placeId), successor: named(successorOf(placeId)) },
    ]),
  );
};

/** The county, or all of them by name, as the first line of a bundle has it. */
export const countyName = (db: ReadDatabase): string =>
  places(db, { level: 'county' })
    .map(({ name }) => name)
    .sort()
    .join('、');
