import { latestWithin, type AsOf } from '../as-of/as-of.ts';
import type { PlaceDimension, StoredDimensions } from '../postings/dimensions.ts';

/** Places as they were called and merged within the bounds. */
export interface PlacesAt {
  name(place: number): string;
  /** Where a place's money was: itself, or the end of its mergers. */
  successor(place: number): number;
  /** Names from the county down to the place. */
  path(place: number): readonly string[];
  /** The town a place belongs to, itself if it is one; undefined for a county. */
  town(place: number): number | undefined;
  /** Places that were merged into this one, directly. */
  mergedInto(place: number): readonly number[];
  /** The place itself and every place whose money it has. */
  withMerged(place: number): readonly number[];
}

export const placesAt = ({ places }: StoredDimensions, asOf: AsOf): PlacesAt => {
  const intoOf = (place: number): number | undefined =>
    latestWithin(factOf(places, place).mergers, asOf)?.value;
  const successors = new Map<number, number>();
  const sources = new Map<number, number[]>();
  for (const [place, { mergers }] of places.entries()) {
    const into = mergers.length === 0 ? undefined : intoOf(place);
    if (into === undefined) continue;
    sources.set(into, [...(sources.get(into) ?? []), place]);
  }
  for (const place of [...sources.values()].flat()) successors.set(place, endOf(place, intoOf));

  const name = (place: number): string => {
    const { names } = factOf(places, place);
    // Registered is registered: the first name stands even before the day it holds from.
    return (latestWithin(names, asOf) ?? names[0])?.value ?? '';
  };
  const path = (place: number): readonly string[] => {
    const { parent } = factOf(places, place);
    return parent === undefined ? [name(place)] : [...path(parent), name(place)];
  };
  const mergedInto = (place: number): readonly number[] => sources.get(place) ?? [];
  const withMerged = (place: number): readonly number[] => [
    place,
    ...mergedInto(place).flatMap(withMerged),
  ];
  return {
    name,
    path,
    mergedInto,
    withMerged,
    successor: (place) => successors.get(place) ?? place,
    town: (place) => {
      const { level, parent } = factOf(places, place);
      return level === 'town' ? place : level === 'village' ? parent : undefined;
    },
  };
};

const endOf = (place: number, intoOf: (place: number) => number | undefined): number => {
  const met = new Set([place]);
  let end = place;
  for (let into = intoOf(end); into !== undefined; into = intoOf(end)) {
    if (met.has(into)) throw new Error(`Place number ${place} is merged in a circle.`);
    met.add(into);
    end = into;
  }
  return end;
};

export const factOf = (places: readonly PlaceDimension[], place: number): PlaceDimension => {
  const fact = places[place];
  if (fact === undefined) throw new Error(`No place has the number ${place}.`);
  return fact;
};
