import type { BusinessDate } from '../calendar.ts';
import type { CommandContext } from '../context.ts';
import type { DivisionLevel } from '../division-code.ts';
import type { Refusal } from '../refusals.ts';
import { mergerOn } from '../mergers/known-mergers.ts';
import {
  nameOn,
  parentOn,
  placeSuccessorsOn,
  type KnownPlace,
  type KnownPlaces,
} from './known-places.ts';

/** The places that a command is judged among. Throws where a command on a place comes without them. */
export const otherPlaces = ({ places }: CommandContext): KnownPlaces => {
  if (places === undefined) throw new Error('A command on a place needs the other places.');
  return places;
};

const PARENT_LEVEL = { county: undefined, town: 'county', village: 'town' } as const;

/** Why a place of a level cannot be under another from a day on. */
export const refusalOfParent = (
  { placeId, level, parentId }: ParentQuestion,
  context: CommandContext,
): Refusal | undefined => {
  const { occurredOn } = context;
  const places = otherPlaces(context);
  const parent = places.byId.get(parentId);
  if (parent === undefined) return { code: 'unknown-place', placeId: parentId };
  if (parent.level !== PARENT_LEVEL[level]) {
    return { code: 'parent-of-wrong-level', placeId, parentId };
  }
  if (mergerOn(parent, occurredOn) === undefined) return undefined;
  const successorId = placeSuccessorsOn(places, occurredOn)(parentId);
  return successorId === parentId ? undefined : { code: 'parent-is-merged', parentId, successorId };
};

interface ParentQuestion {
  readonly placeId: string;
  readonly level: DivisionLevel;
  readonly parentId: string;
}

/**
 * Why a place cannot have a name under a parent from a day on: another place under it has that name
 * on the day or today. Names that others gave up before that day are free, and so are those of
 * places merged away.
 */
export const refusalOfName = (
  { placeId, name, parentId }: NameQuestion,
  context: CommandContext,
): Refusal | undefined => {
  const places = otherPlaces(context);
  const others = [...(places.byName.get(name) ?? [])].flatMap(
    (id) => (id === placeId ? undefined : places.byId.get(id)) ?? [],
  );
  const taken = others.find((other) =>
    [context.occurredOn, undefined].some((day) => isNamed(places, other, name, parentId, day)),
  );
  return taken === undefined
    ? undefined
    : { code: 'place-name-taken', name, otherPlaceId: taken.placeId };
};

interface NameQuestion {
  readonly placeId: string;
  readonly name: string;
  readonly parentId: string | undefined;
}

const isNamed = (
  places: KnownPlaces,
  other: KnownPlace,
  name: string,
  parentId: string | undefined,
  day: BusinessDate | undefined,
): boolean => {
  if (nameOn(other, day) !== name || mergerOn(other, day) !== undefined) return false;
  const successorOf = placeSuccessorsOn(places, day);
  const above = parentOn(other, day);
  return above === undefined || parentId === undefined
    ? above === parentId
    : successorOf(above) === successorOf(parentId);
};

/** A name as it is recorded: NFC, without spaces around it; undefined where nothing is left. */
export const recordedName = (name: string): string | undefined => {
  const recorded = name.normalize('NFC').trim();
  return recorded === '' ? undefined : recorded;
};
