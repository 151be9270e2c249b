import { Observable, type Subject } from 'rxjs';
import type { Position, SubscribeOptions, SubscriptionMessage } from '#event-store/port';
import type { Reader } from './read.ts';

/**
 * Events after a position, as they are committed. Old and new ones are read the same way, from the
 * log itself, so there is no seam between them; a commit only says that there is more to read.
 */
export const subscribeTo = (
  reader: Reader,
  commits: Subject<void>,
  { after = 0n }: SubscribeOptions = {},
): Observable<SubscriptionMessage> =>
  new Observable((subscriber) => {
    let position: Position = after;
    let caughtUp = false;
    let scheduled: NodeJS.Immediate | undefined;

    const readOn = () => {
      scheduled = undefined;
      try {
        const page = reader.pageAfter(position);
        for (const event of page) {
          if (subscriber.closed) return;
          position = event.position;
          subscriber.next({ kind: 'event', event });
        }
        if (page.length > 0) return schedule();
        if (!caughtUp) subscriber.next({ kind: 'caughtUp' });
        caughtUp = true;
      } catch (error) {
        subscriber.error(error);
      }
    };
    const schedule = () => {
      scheduled ??= setImmediate(readOn);
    };

    const signals = commits.subscribe({ next: schedule, complete: () => subscriber.complete() });
    schedule();
    return () => {
      signals.unsubscribe();
      if (scheduled !== undefined) clearImmediate(scheduled);
    };
  });
