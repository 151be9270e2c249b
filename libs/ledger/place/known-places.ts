import type { BusinessDate } from '../calendar.ts';
import type { DivisionLevel } from '../division-code.ts';
import { latestOn, successorsOn, type WithMergers } from '../mergers/known-mergers.ts';

/** Every place of a ledger by everything that was ever said of it: what rules about several places read. */
export interface KnownPlaces {
  readonly byId: Map<string, KnownPlace>;
  /** Places that have or had a name. */
  readonly byName: Map<string, Set<string>>;
}

/** One place. Lists are in the order of the log and never empty, but for those of mergers and of a county's parents. */
export interface KnownPlace extends WithMergers {
  readonly placeId: string;
  readonly level: DivisionLevel;
  readonly names: Since<string>[];
  readonly parents: Since<string>[];
}

export interface Since<Value> {
  readonly value: Value;
  readonly on: BusinessDate;
}

export const noPlaces = (): KnownPlaces => ({ byId: new Map(), byName: new Map() });

/** What a place is called on a day; its first name also before the day on which it was registered. */
export const nameOn = ({ names }: KnownPlace, day?: BusinessDate): string =>
  (latestOn(names, day) ?? names[0])?.value ?? '';

/** The place above it on a day; undefined of a county. */
export const parentOn = ({ parents }: KnownPlace, day?: BusinessDate): string | undefined =>
  (latestOn(parents, day) ?? parents[0])?.value;

/** Names from the county down to the place, as they are now; none for a place that is not known. */
export const pathOf = ({ byId }: KnownPlaces, placeId: string): readonly string[] => {
  const names: string[] = [];
  let place = byId.get(placeId);
  while (place !== undefined && names.length < DEEPEST) {
    names.unshift(nameOn(place));
    place = byId.get(parentOn(place) ?? '');
  }
  return names;
};

/** County, town, village; a log with a circle of parents is no reason to go on for ever. */
const DEEPEST = 3;

/** Where the places' mergers end on a day, circles broken. */
export const placeSuccessorsOn = (
  { byId }: KnownPlaces,
  day?: BusinessDate,
): ((placeId: string) => string) => successorsOn(byId.values(), day);
