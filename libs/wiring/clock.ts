import type { Instant } from '#ledger/calendar';

export type Clock = () => Instant;

export const systemClock: Clock = () => new Date().toISOString();

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
