import { exhaustMap, filter, interval, map, Observable } from 'rxjs';
import type { Position } from '#event-store/port';
import type { Reader } from './read.ts';
import type { Timing } from './timing.ts';

/**
 * Fires when the log has gone on and a subscription has not moved since the look before: a server
 * may fall silent without ending the call.
 */
export const missedBehind = (
  position: () => Position | undefined,
  reader: Pick<Reader, 'head'>,
  { probeMs }: Timing,
): Observable<void> =>
  new Observable<void>((subscriber) => {
    let before = position();
    const look = async (): Promise<boolean> => {
      const head = await reader.head().catch(() => undefined);
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
