import type { Subscription } from 'rxjs';
import type { EventStore, RecordedEvent } from '#event-store/port';
import { toViewEvent, type ViewEvent } from './view-event.ts';

/** The least time between two commits of live events: commits cost more than the events in them. */
const COMMIT_EVERY_MS = 2;

/**
 * Folds what is recorded after a position. Live events arrive in bursts: the first is folded at
 * once, then all that came in a few milliseconds. What is not folded when the subscription ends is
 * folded at the next start.
 */
export const followLog = (
  store: EventStore,
  after: number,
  fold: (events: readonly ViewEvent[], newest: RecordedEvent) => void,
): Subscription => {
  let burst: RecordedEvent[] = [];
  let foldedAt = 0;
  const foldBurst = () => {
    const events = burst;
    burst = [];
    const newest = events.at(-1);
    if (newest !== undefined) fold(events.map(toViewEvent), newest);
    foldedAt = performance.now();
  };
  const subscription = store.subscribeAll({ after: BigInt(after) }).subscribe((message) => {
    if (message.kind === 'caughtUp') return;
    burst.push(message.event);
    if (burst.length > 1) return;
    const restMs = foldedAt + COMMIT_EVERY_MS - performance.now();
    if (restMs <= 0) setImmediate(foldBurst);
    else setTimeout(foldBurst, restMs);
  });
  subscription.add(() => (burst = []));
  return subscription;
};
