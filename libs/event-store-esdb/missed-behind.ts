import { exhaustMap, filter, interval, map, Observable } from 'rxjs';
import type { Position } from '#event-store/port';
import type { Reader } from './read.ts';
import type { Timing } from './timing.ts';

/**
 * Fires when the log has gone on and a subscription has not moved since the look before: a server
 * may fall silent without ending the call. Each look reads no further back than the one before.
 */
export const missedBehind = (
  position: () => Position | undefined,
  { newestAfter }: Pick<Reader, 'newestAfter'>,
  { probeMs }: Timing,
): Observable<void> =>
  new Observable<void>((subscriber) => {
    let before = position();
    let lookedTo = before;
    let head: Position | undefined;
    const look = async (): Promise<boolean> => {
      const newest = await newestAfter(lookedTo).catch(() => undefined);
      lookedTo = newest?.ofAll ?? lookedTo;
      head = newest?.ofOurs ?? head;
      const now = position();
      const hasMoved = now !== before;
      before = now;
      return head !== undefined && (now ?? -1n) < head && !hasMoved;
    };
    return interval(probeMs)
      .pipe(
        exhaustMap(look),
        filter((isBehind) => isBehind),
        map(() => undefined),
      )
      .subscribe(subscriber);
  });
