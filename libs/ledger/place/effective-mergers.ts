/** One place merged into another, at a position of the log. */
export interface Merger<Place> {
  readonly place: Place;
  readonly into: Place;
  readonly position: number;
}

/**
 * The mergers that take effect, by the place merged. Each place has one merger at most, so mergers
 * form chains and circles; of each circle, the merger with the greatest position is without effect.
 * No order of the log, and no two nodes that write at once, can thus make places without an end.
 */
export const effectiveMergers = <Place, Found extends Merger<Place>>(
  mergers: readonly Found[],
): ReadonlyMap<Place, Found> => {
  const effective = new Map<Place, Found>();
  for (const merger of mergers.toSorted((left, right) => left.position - right.position)) {
    if (endOfMergers(merger.into, effective) !== merger.place) effective.set(merger.place, merger);
  }
  return effective;
};

/** Where the mergers of a place end: itself where it has none. The mergers have no circle. */
export const endOfMergers = <Place>(
  place: Place,
  effective: ReadonlyMap<Place, { readonly into: Place }>,
): Place => {
  let end = place;
  for (let next = effective.get(end); next !== undefined; next = effective.get(end))
    end = next.into;
  return end;
};
