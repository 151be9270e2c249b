import type { Observable } from 'rxjs';
import type { RecordedEvent } from '../port.ts';

export interface Arrivals {
  /** The event at a revision of a stream, as soon as it is copied; undefined when that takes too long. */
  wait(stream: string, revision: bigint, timeoutMs: number): Promise<RecordedEvent | undefined>;
}

/** Lets those who wrote wait until what they wrote is in the copy. */
export const createArrivals = (copied: Observable<RecordedEvent>): Arrivals => {
  const waiting = new Map<string, ((event: RecordedEvent | undefined) => void)[]>();
  const settle = (key: string, event: RecordedEvent | undefined): void => {
    const answers = waiting.get(key) ?? [];
    waiting.delete(key);
    for (const answer of answers) answer(event);
  };
  copied.subscribe((event) => {
    if (waiting.size > 0) settle(keyOf(event.stream, event.revision), event);
  });
  return {
    wait: (stream, revision, timeoutMs) =>
      new Promise((resolve) => {
        const key = keyOf(stream, revision);
        const late = setTimeout(() => settle(key, undefined), timeoutMs);
        const answer = (event: RecordedEvent | undefined) => {
          clearTimeout(late);
          resolve(event);
        };
        waiting.set(key, [...(waiting.get(key) ?? []), answer]);
      }),
  };
};

const keyOf = (stream: string, revision: bigint): string => `${stream}@${revision}`;
