import type { Observable } from 'rxjs';

/** Why nothing can be written to a log, in words for the person at the machine. */
export interface Outage {
  readonly en: string;
  readonly zh: string;
}

/** What a log on other machines says of itself besides. */
export interface TellsOutages {
  /** Why nothing can be written now; undefined while it can. */
  readonly outage: () => Outage | undefined;
  /** The same, now and at every change; completes with `close`. */
  readonly outages: Observable<Outage | undefined>;
}
