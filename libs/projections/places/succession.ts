import type { RowTable } from '../engine/row-table.ts';

/** A place by the merger that it was given, if any: at most one of the two fields is set. */
export interface Merging {
  readonly mergedInto: string | null;
  /** The place of a merger that would close a circle: without effect until the circle is opened. */
  readonly circleInto: string | null;
  /** The event of that merger. */
  readonly mergerEventId: string | null;
}

export const UNMERGED: Merging = { mergedInto: null, circleInto: null, mergerEventId: null };

/** A place that is merged into another by an event. */
export interface NewMerger {
  readonly placeId: string;
  readonly into: string;
  readonly eventId: string;
}

/** Where mergers are stored: each view has its own rows. */
export interface Succession {
  get(placeId: string): Merging;
  set(placeId: string, merging: Merging): void;
}

/** What becomes of money when mergers change. */
export interface Moves {
  /** The merger into a place has taken effect. */
  joined(placeId: string, into: string): void;
  /** The merger into a place has lost its effect. */
  left(placeId: string, from: string): void;
}

const NO_MONEY: Moves = { joined: () => undefined, left: () => undefined };

/** Throws on a place that is not registered. */
export const successionIn = <Row extends Merging>(
  places: RowTable<Row>,
  withMerging: (row: Row, merging: Merging) => Row,
): Succession => {
  const known = (placeId: string): Row => {
    const place = places.get(placeId);
    if (place === undefined) throw new Error(`Place ${placeId} was never registered.`);
    return place;
  };
  return {
    get: known,
    set: (placeId, merging) => places.put(withMerging(known(placeId), merging)),
  };
};

/** Merges a place; the merger that closes a circle is without effect, see `effectiveMergers`. */
export const merge = (
  places: Succession,
  { placeId, into, eventId: mergerEventId }: NewMerger,
  moves: Moves = NO_MONEY,
): void => {
  unmerge(places, placeId, moves);
  if (endOf(places, into) === placeId) {
    places.set(placeId, { mergedInto: null, circleInto: into, mergerEventId });
    return;
  }
  places.set(placeId, { mergedInto: into, circleInto: null, mergerEventId });
  moves.joined(placeId, into);
};

/** Takes a merger back, if it is the place's last one. */
export const revoke = (
  places: Succession,
  placeId: string,
  mergerEventId: string,
  moves: Moves = NO_MONEY,
): void => {
  if (places.get(placeId).mergerEventId === mergerEventId) unmerge(places, placeId, moves);
};

/** Takes a place's merger away; where that opens a circle, the merger that closed it takes effect. */
const unmerge = (places: Succession, placeId: string, moves: Moves = NO_MONEY): void => {
  const { mergedInto: from } = places.get(placeId);
  places.set(placeId, UNMERGED);
  if (from === null) return;
  moves.left(placeId, from);
  const end = endOf(places, from);
  const { circleInto, mergerEventId } = places.get(end);
  if (circleInto === null || endOf(places, circleInto) !== placeId) return;
  places.set(end, { mergedInto: circleInto, circleInto: null, mergerEventId });
  moves.joined(end, circleInto);
};

/** Where a place's money is: itself, or the end of its mergers. */
export const endOf = (places: Pick<Succession, 'get'>, placeId: string): string => {
  let end = placeId;
  for (let next = places.get(end).mergedInto; next !== null; next = places.get(end).mergedInto) {
    end = next;
  }
  return end;
};
