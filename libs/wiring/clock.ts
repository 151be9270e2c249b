import type { Instant } from '#ledger/calendar';

export type Clock = () => Instant;

/** The machine's clock, in milliseconds. The text of one millisecond is made once. */
export const systemClock: Clock = () => {
  const now = Date.now();
  if (now !== written.at) written = { at: now, text: new Date(now).toISOString() };
  return written.text;
};

let written = { at: 0, text: '1970-01-01T00:00:00.000Z' };

/**
 * A clock that never goes back, not even behind the newest event of the log: a machine whose time
 * is set back records the same instant until time has caught up, so that order and time agree.
 */
export const neverBack = (clock: Clock, newest: Instant | undefined): Clock => {
  let latest = newest ?? '';
  return () => {
    const now = clock();
    if (now > latest) latest = now;
    return latest;
  };
};
