import { placeIdOf } from '#event-codec/ids';
import type { BusinessDate } from '#ledger/calendar';
import type { DivisionLevel } from '#ledger/division-code';
import { mergerOn } from '#ledger/mergers/known-mergers';
import {
  nameOn,
  parentOn,
  placeSuccessorsOn,
  type KnownPlace,
  type KnownPlaces,
} from '#ledger/place/known-places';
import type { Findings } from './findings.ts';
import type { Plan } from './plan.ts';

/** What the names of a path, from the county down, mean to the ledger. */
export type NamedPlace =
  | { readonly kind: 'known'; readonly placeId: string }
  /** No place has or had the names: the id is the one it is registered under. */
  | { readonly kind: 'new'; readonly placeId: string; readonly parentId: string | undefined }
  | { readonly kind: 'ambiguous'; readonly placeIds: readonly string[] };

export type FindNamed = (path: readonly string[]) => NamedPlace;

/**
 * Finds places by name and parent as of a day, however they were registered: first the place that
 * is called so on the day, then one that had been merged away by then, then one that was or will be
 * called so on another day, or was or will be under that parent.
 */
export const placesNamedOn = (places: KnownPlaces, day: BusinessDate): FindNamed => {
  const successors: Successors = {
    then: placeSuccessorsOn(places, day),
    now: placeSuccessorsOn(places),
  };
  const found = new Map<string, NamedPlace>();
  const find: FindNamed = (path) => {
    const key = JSON.stringify(path);
    const named = found.get(key) ?? findOne(path);
    found.set(key, named);
    return named;
  };
  const findOne = (path: readonly string[]): NamedPlace => {
    const name = path.at(-1) ?? '';
    const parent = path.length > 1 ? find(path.slice(0, -1)) : undefined;
    if (parent?.kind === 'ambiguous') return parent;
    const candidates = [...(places.byName.get(name) ?? [])].flatMap(
      (id) => places.byId.get(id) ?? [],
    );
    const level = LEVELS[path.length - 1];
    const named = candidates.filter((place) => place.level === level);
    for (const isMeant of waysToMean(successors, day, name, parent?.placeId)) {
      const [first, ...others] = named.filter(isMeant).map(({ placeId }) => placeId);
      if (first === undefined) continue;
      return others.length === 0
        ? { kind: 'known', placeId: first }
        : { kind: 'ambiguous', placeIds: [first, ...others] };
    }
    const parentId = parent === undefined ? undefined : successors.then(parent.placeId);
    return { kind: 'new', placeId: newIdOf(places, day, path), parentId };
  };
  return find;
};

/** Where mergers end, as of the day and after all that is known. */
interface Successors {
  readonly then: (placeId: string) => string;
  readonly now: (placeId: string) => string;
}

const LEVELS: readonly DivisionLevel[] = ['county', 'town', 'village'];

/** From the closest meaning of a name to the farthest; the first that fits a place decides. */
const waysToMean = (
  { then, now }: Successors,
  day: BusinessDate,
  name: string,
  parentId: string | undefined,
): readonly ((place: KnownPlace) => boolean)[] => {
  const isUnder = (above: string | undefined, successorOf: (placeId: string) => string) =>
    above === undefined || parentId === undefined
      ? above === parentId
      : above === parentId || successorOf(above) === successorOf(parentId);
  const isCalledSo = (place: KnownPlace): boolean =>
    nameOn(place, day) === name && isUnder(parentOn(place, day), then);
  return [
    (place) => isCalledSo(place) && mergerOn(place, day) === undefined,
    isCalledSo,
    ({ parents }) =>
      parentId === undefined || parents.some(({ value: above }) => isUnder(above, now)),
  ];
};

/** Follows from the path, unless a place of another name has that id. */
const newIdOf = (places: KnownPlaces, day: BusinessDate, path: readonly string[]): string => {
  const usual = placeIdOf(path);
  return places.byId.has(usual) ? placeIdOf([...path, day]) : usual;
};

/** The id that a path stands for; that of the path itself where several places are meant. */
export const idNamed = (found: NamedPlace, path: readonly string[]): string =>
  found.kind === 'ambiguous' ? placeIdOf(path) : found.placeId;

/** Finds fault with paths that several places have. */
export const checkAmbiguous = (plan: Plan, find: FindNamed, { fault }: Findings): void => {
  const check = (path: readonly string[], at: string) => {
    const found = find(path);
    if (found.kind !== 'ambiguous') return;
    const [zh, en] = [path.join(''), path.join('/')];
    fault(
      at,
      `“${zh}”不止一个(${found.placeIds.join('、')});请先由管理员更名。`,
      `Several places are “${en}” (${found.placeIds.join(', ')}); an administrator renames one first.`,
    );
  };
  plan.places.forEach(({ path }, index) => check(path, `/places/${index}/path`));
  plan.annexes.forEach(({ rows }, annex) =>
    rows.forEach(({ place }, row) => check(place, `/annexes/${annex}/rows/${row}/place`)),
  );
};
