import { effectiveMergers, endOfMergers } from '#ledger/mergers/effective-mergers';
import { isWithin, latestWithin, type AsOf } from '../as-of/as-of.ts';
import type { PlaceDimension, StoredDimensions } from '../postings/dimensions.ts';

/** A merger that takes effect within the bounds. Places by number, the day as `dayNumber`. */
export interface MergerAt {
  readonly from: number;
  readonly into: number;
  readonly day: number;
  readonly position: number;
}

/** Places as they were called and merged within the bounds. */
export interface PlacesAt {
  name(place: number): string;
  /** The merger of a place; undefined where it has none, or only one that closes a circle. */
  merger(place: number): MergerAt | undefined;
  /** Where a place's money was: itself, or the end of its mergers. */
  successor(place: number): number;
  /** Names from the county down to the place. */
  path(place: number): readonly string[];
  /** The place above it, or the end of that place's mergers; undefined for a county. */
  parent(place: number): number | undefined;
  /** The town a place belongs to, itself if it is one, mergers of towns followed; undefined for a county. */
  town(place: number): number | undefined;
  /** Places that were merged into this one, directly. */
  mergedInto(place: number): readonly number[];
  /** The place itself and every place whose money it has. */
  withMerged(place: number): readonly number[];
}

export const placesAt = ({ places }: StoredDimensions, asOf: AsOf): PlacesAt => {
  const mergers = effectiveMergers<number, MergerAt>(
    [...places.entries()].flatMap(([place, fact]) => mergerWithin(place, fact, asOf)),
  );
  const sources = new Map<number, number[]>();
  for (const { from, into } of [...mergers.values()].sort((a, b) => a.from - b.from)) {
    sources.set(into, [...(sources.get(into) ?? []), from]);
  }
  const name = (place: number): string => {
    const { names } = factOf(places, place);
    // Registered is registered: the first name stands even before the day it holds from.
    return (latestWithin(names, asOf) ?? names[0])?.value ?? '';
  };
  const successor = (place: number): number => endOfMergers(place, mergers);
  const parent = (place: number): number | undefined => {
    const { parents } = factOf(places, place);
    // As for names: registered is registered.
    const above = latestWithin(parents, asOf) ?? parents[0];
    return above === undefined ? undefined : successor(above.value);
  };
  const path = (place: number): readonly string[] => {
    const above = parent(place);
    return above === undefined ? [name(place)] : [...path(above), name(place)];
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
    merger: (place) => mergers.get(place),
    successor,
    parent,
    town: (place) => {
      const { level } = factOf(places, place);
      return level === 'town' ? successor(place) : level === 'village' ? parent(place) : undefined;
    },
  };
};

const mergerWithin = (place: number, { mergers }: PlaceDimension, asOf: AsOf): MergerAt[] => {
  const merger = latestWithin(mergers, asOf);
  if (merger === undefined) return [];
  if (merger.revoked.some((revoked) => isWithin(revoked, asOf))) return [];
  const { value: into, day, position } = merger;
  return [{ from: place, into, day, position }];
};

export const factOf = (places: readonly PlaceDimension[], place: number): PlaceDimension => {
  const fact = places[place];
  if (fact === undefined) throw new Error(`No place has the number ${place}.`);
  return fact;
};
