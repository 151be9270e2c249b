/**
 * What an as-of question takes in, on both axes: the log up to a position (what was known), and
 * business days up to one (what had happened). Both inclusive.
 */
export interface AsOf {
  readonly position: number;
  /** Day number, see `dayNumber`. */
  readonly day: number;
}

export const isWithin = (
  { position, day }: { readonly position: number; readonly day: number },
  asOf: AsOf,
): boolean => position <= asOf.position && day <= asOf.day;

/** Something that was said of a subject: from which day it holds, and where in the log it was said. */
export interface Dated<Value> {
  readonly value: Value;
  readonly day: number;
  readonly position: number;
}

/** The newest thing said within the bounds. The list is in order of the log. */
export const latestWithin = <Said extends Dated<unknown>>(
  said: readonly Said[],
  asOf: AsOf,
): Said | undefined => said.findLast((one) => isWithin(one, asOf));
