import { firstValueFrom, merge, of, timer, type Observable } from 'rxjs';
import { filter, map, take } from 'rxjs/operators';

/** True as soon as a condition holds, asked again at every signal; false when it does not in time. */
export const waitUntil = (
  condition: () => boolean,
  signals: Observable<unknown>,
  timeoutMs: number,
): Promise<boolean> => {
  if (condition()) return Promise.resolve(true);
  const holds = merge(of(undefined), signals).pipe(
    filter(condition),
    map(() => true),
  );
  const late = timer(timeoutMs).pipe(map(condition));
  return firstValueFrom(merge(holds, late).pipe(take(1)), { defaultValue: condition() });
};
