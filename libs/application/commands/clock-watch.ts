import type { Instant } from '#ledger/calendar';
import type { ClockDoubt } from '#presentation/clock-doubt-sentence';
import type { Clock } from './clock.ts';

/** A person looked at the clock of the machine and found it right. */
export interface AcceptedClock {
  readonly at: Instant;
}

export interface ClockWatch {
  /** Undefined while the clock may date events. */
  readonly doubt: () => ClockDoubt | undefined;
}

export interface WatchedClock {
  readonly clock: Clock;
  /** Milliseconds that only ever grow, whatever is done to the clock. */
  readonly monotonicMs: () => number;
  /** When the newest event was recorded; undefined for an empty log. */
  readonly newest: () => Instant | undefined;
  /** The last acceptance; it is asked for again whenever there is a doubt. */
  readonly accepted: () => AcceptedClock | undefined;
}

const MINUTE_MS = 60_000;
const FAR_MS = 400 * 24 * 60 * MINUTE_MS;

/**
 * Watches a clock from now on. An acceptance ends a doubt while the clock goes on from it as it should;
 * a jump needs one that is made after it.
 */
export const watchClock = ({ clock, monotonicMs, newest, accepted }: WatchedClock): ClockWatch => {
  const anchored = () => ({ instant: clock(), monotonic: monotonicMs() });
  let anchor = anchored();
  /** The acceptance that there was when a jump was found: it was of the clock before. */
  let beforeJump: AcceptedClock | 'none' | undefined;
  let isFarAhead = apart(anchor.instant, newest() ?? anchor.instant) > FAR_MS;

  const find = (now: Instant): Omit<ClockDoubt, 'now'> | undefined => {
    const dueMs = Date.parse(anchor.instant) + monotonicMs() - anchor.monotonic;
    if (Math.abs(Date.parse(now) - dueMs) > MINUTE_MS) {
      return { cause: 'jumped', against: new Date(dueMs).toISOString() };
    }
    const latest = newest() ?? now;
    // Instants are in order as texts.
    if (latest > now && apart(latest, now) > MINUTE_MS)
      return { cause: 'behind-the-log', against: latest };
    return isFarAhead ? { cause: 'far-ahead', against: latest } : undefined;
  };

  const isAccepted = (now: Instant, cause: ClockDoubt['cause']): boolean => {
    const acceptance = accepted();
    if (cause === 'jumped') beforeJump ??= acceptance ?? 'none';
    const at = acceptance?.at;
    if (at === undefined) return false;
    if (beforeJump !== undefined && beforeJump !== 'none' && beforeJump.at === at) return false;
    const sinceMs = apart(now, at);
    return sinceMs >= -MINUTE_MS && sinceMs <= FAR_MS;
  };

  return {
    doubt: () => {
      const now = clock();
      const found = find(now);
      if (found === undefined) {
        beforeJump = undefined;
        return undefined;
      }
      if (!isAccepted(now, found.cause)) return { ...found, now };
      anchor = anchored();
      beforeJump = undefined;
      isFarAhead = false;
      return undefined;
    },
  };
};

/** Milliseconds from the earlier to the later instant; negative the other way round. */
const apart = (later: Instant, earlier: Instant): number => Date.parse(later) - Date.parse(earlier);
