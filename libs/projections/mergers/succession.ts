import type { RowTable } from '../engine/row-table.ts';

/** A place or payee by the merger that it was given, if any: at most one of the two fields is set. */
export interface Merging {
  readonly mergedInto: string | null;
  /** The target of a merger that would close a circle: without effect until the circle is opened. */
  readonly circleInto: string | null;
  /** The event of that merger. */
  readonly mergerEventId: string | null;
}

export const UNMERGED: Merging = { mergedInto: null, circleInto: null, mergerEventId: null };

/** A place or payee that is merged into another by an event. */
export interface NewMerger {
  readonly from: string;
  readonly into: string;
  readonly eventId: string;
}

/** Where mergers are stored: each view has its own rows. */
export interface Succession {
  get(id: string): Merging;
  set(id: string, merging: Merging): void;
}

/** What becomes of money when mergers change. */
export interface Moves {
  /** The merger has taken effect. */
  joined(id: string, into: string): void;
  /** The merger has lost its effect. */
  left(id: string, from: string): void;
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

/** Merges a place or payee; the merger that closes a circle is without effect, see `effectiveMergers`. */
export const merge = (
  mergers: Succession,
  { from, into, eventId: mergerEventId }: NewMerger,
  moves: Moves = NO_MONEY,
): void => {
  unmerge(mergers, from, moves);
  if (endOf(mergers, into) === from) {
    mergers.set(from, { mergedInto: null, circleInto: into, mergerEventId });
    return;
  }
  mergers.set(from, { mergedInto: into, circleInto: null, mergerEventId });
  moves.joined(from, into);
};

/** Takes a merger back, if it is the last one that was given. */
export const revoke = (
  mergers: Succession,
  id: string,
  mergerEventId: string,
  moves: Moves = NO_MONEY,
): void => {
  if (mergers.get(id).mergerEventId === mergerEventId) unmerge(mergers, id, moves);
};

/** Takes a merger away; where that opens a circle, the merger that closed it takes effect. */
const unmerge = (mergers: Succession, id: string, moves: Moves = NO_MONEY): void => {
  const { mergedInto: from } = mergers.get(id);
  mergers.set(id, UNMERGED);
  if (from === null) return;
  moves.left(id, from);
  const end = endOf(mergers, from);
  const { circleInto, mergerEventId } = mergers.get(end);
  if (circleInto === null || endOf(mergers, circleInto) !== id) return;
  mergers.set(end, { mergedInto: circleInto, circleInto: null, mergerEventId });
  moves.joined(end, circleInto);
};

/** Where mergers end: the place or payee itself where it has none. */
export const endOf = (mergers: Pick<Succession, 'get'>, id: string): string => {
  let end = id;
  for (let next = mergers.get(end).mergedInto; next !== null; next = mergers.get(end).mergedInto) {
    end = next;
  }
  return end;
};
