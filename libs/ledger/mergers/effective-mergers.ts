/** One place or payee merged into another, at a position of the log. */
export interface Merger<Id> {
  readonly from: Id;
  readonly into: Id;
  readonly position: number;
}

/**
 * The mergers that take effect, by what is merged. Each place and payee has one merger at most, so
 * mergers form chains and circles; of each circle, the merger with the greatest position is without
 * effect. No order of the log, and no two nodes that write at once, can thus make a chain without an end.
 */
export const effectiveMergers = <Id, Found extends Merger<Id>>(
  mergers: readonly Found[],
): ReadonlyMap<Id, Found> => {
  const effective = new Map<Id, Found>();
  for (const merger of mergers.toSorted((left, right) => left.position - right.position)) {
    if (endOfMergers(merger.into, effective) !== merger.from) effective.set(merger.from, merger);
  }
  return effective;
};

/** Where the mergers of a place or payee end: itself where it has none. The mergers have no circle. */
export const endOfMergers = <Id>(id: Id, effective: ReadonlyMap<Id, { readonly into: Id }>): Id => {
  let end = id;
  for (let next = effective.get(end); next !== undefined; next = effective.get(end))
    end = next.into;
  return end;
};
