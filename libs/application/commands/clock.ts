import type { Instant } from '#ledger/calendar';

export type Clock = () => Instant;

/** The machine's clock, in milliseconds. The text of one millisecond is made once. */
export const systemClock: Clock = () => {
  const now = Date.now();
  if (now !== written.at) written = { at: now, text: new Date(now).toISOString() };
  return written.text;
};

let written = { at: 0, text: '1970-01-01T00:00:00.000Z' };

/** The instants at which events are recorded. */
export interface RecordingClock {
  readonly now: Clock;
  /** Hears of an instant that was recorded elsewhere. */
  readonly notBefore: (instant: Instant | undefined) => void;
  /** The latest instant that was recorded, or that `now` has answered; undefined before the first. */
  readonly newest: () => Instant | undefined;
}

/**
 * A clock that never goes back, not even behind the newest event of the log: a machine whose time
 * is set back, or whose time is behind that of another, records the same instant until time has
 * caught up, so that order and time agree.
 */
export const neverBack = (clock: Clock, newest: Instant | undefined): RecordingClock => {
  let latest = newest ?? '';
  const notBefore = (instant: Instant | undefined): void => {
    if (instant !== undefined && instant > latest) latest = instant;
  };
  return {
    notBefore,
    newest: () => (latest === '' ? undefined : latest),
    now: () => {
      notBefore(clock());
      return latest;
    },
  };
};
