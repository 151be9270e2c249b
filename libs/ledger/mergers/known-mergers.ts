import type { BusinessDate } from '../calendar.ts';
import { effectiveMergers, endOfMergers } from './effective-mergers.ts';

/** A merger as the log has it. */
export interface KnownMerger {
  readonly eventId: string;
  readonly from: string;
  readonly into: string;
  readonly on: BusinessDate;
  readonly position: number;
  /** The day from which it is taken back. */
  revokedOn?: BusinessDate;
}

/** What was ever merged, in the order of the log. */
export interface WithMergers {
  readonly mergers: KnownMerger[];
}

/** The merger that holds on a day; after all that is known where no day is given. */
export const mergerOn = ({ mergers }: WithMergers, day?: BusinessDate): KnownMerger | undefined => {
  const merger = latestOn(mergers, day);
  const { revokedOn } = merger ?? {};
  return revokedOn !== undefined && isBy(revokedOn, day) ? undefined : merger;
};

/** Where mergers end on a day, circles broken. */
export const successorsOn = (
  all: Iterable<WithMergers>,
  day?: BusinessDate,
): ((id: string) => string) => {
  const mergers = [...all].flatMap((one) => mergerOn(one, day) ?? []);
  const effective = effectiveMergers<string, KnownMerger>(mergers);
  return (id) => endOfMergers(id, effective);
};

/** Takes in that a merger was taken back; of several revocations the earliest day holds. */
export const learnRevocation = (
  { mergers }: WithMergers,
  reversedEventId: string,
  on: BusinessDate,
): void => {
  const merger = mergers.find(({ eventId }) => eventId === reversedEventId);
  if (merger !== undefined && on < (merger.revokedOn ?? '9999-12-31')) merger.revokedOn = on;
};

/** The last, in the order of the log, that holds by a day. */
export const latestOn = <Item extends { readonly on: BusinessDate }>(
  items: readonly Item[],
  day: BusinessDate | undefined,
): Item | undefined => items.findLast(({ on }) => isBy(on, day));

const isBy = (on: BusinessDate, day: BusinessDate | undefined): boolean =>
  day === undefined || on <= day;
