import {
  BehaviorSubject,
  distinctUntilChanged,
  filter,
  firstValueFrom,
  map,
  merge,
  timer,
  type Observable,
} from 'rxjs';
import type { Outage } from '#event-store/outage';
import type { Connection } from './connection.ts';
import type { Timing } from './timing.ts';
import { after, TAKING, type Sign, type WriteState } from './write-state.ts';

/** Of one append: whether its outcome is unknown. */
export interface Doubt {
  readonly isOpen: () => boolean;
  readonly begin: () => void;
  readonly end: () => void;
}

/** Knows whether the cluster takes writes, and looks for a leader while it does not. */
export class Availability {
  readonly #state = new BehaviorSubject<WriteState>(TAKING);
  readonly #connection: Connection;
  readonly #leaderProbeMs: number;
  #probing: NodeJS.Timeout | undefined;

  constructor(connection: Connection, { leaderProbeMs }: Pick<Timing, 'leaderProbeMs'>) {
    this.#connection = connection;
    this.#leaderProbeMs = leaderProbeMs;
  }

  /** Why nothing can be written; undefined while the cluster takes writes. */
  outage(): Outage | undefined {
    return this.#state.value.outage;
  }

  /** The outage, or undefined, now and at every change. */
  get outages(): Observable<Outage | undefined> {
    return this.#state.pipe(
      map(({ outage }) => outage),
      distinctUntilChanged(),
    );
  }

  note(sign: Sign): void {
    this.#state.next(after(this.#state.value, sign));
    if (this.outage() === undefined) this.#rest();
    else this.#probing ??= this.#probeLater();
  }

  /** Waits so many milliseconds at most; answers why nothing can be written then, if so. */
  async outageAfter(ms: number): Promise<Outage | undefined> {
    if (this.outage() === undefined) return undefined;
    const over = this.#state.pipe(filter(({ outage }) => outage === undefined));
    await firstValueFrom(merge(over, timer(Math.max(0, ms))), { defaultValue: undefined });
    return this.outage();
  }

  doubt(): Doubt {
    let isOpen = false;
    const turn = (opens: boolean) => {
      if (isOpen !== opens) this.note({ kind: opens ? 'doubt-began' : 'doubt-ended' });
      isOpen = opens;
    };
    return { isOpen: () => isOpen, begin: () => turn(true), end: () => turn(false) };
  }

  close(): void {
    this.#rest();
    this.#state.complete();
  }

  #rest(): void {
    clearTimeout(this.#probing);
    this.#probing = undefined;
  }

  #probeLater(): NodeJS.Timeout {
    return setTimeout(() => void this.#probe(), this.#leaderProbeMs).unref();
  }

  /** A client that is given has heard from the leader. */
  async #probe(): Promise<void> {
    if (this.#connection.isClosed()) return;
    const isFound = await this.#connection.client().then(
      () => true,
      () => false,
    );
    this.#probing = undefined;
    if (isFound) this.note({ kind: 'leader-found' });
    if (this.outage() !== undefined) this.#probing ??= this.#probeLater();
  }
}
