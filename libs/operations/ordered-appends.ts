import { eventLine } from '#event-codec/event-line';
import {
  MAX_APPEND_BYTES,
  type AppendFailure,
  type EventStore,
  type RecordedEvent,
} from '#event-store/port';

/** Why no more is appended: an append that failed, or one that does not stand behind the one before it. */
export type Stop =
  | { readonly kind: 'failed'; readonly failure: AppendFailure }
  | { readonly kind: 'disordered'; readonly event: RecordedEvent };

type Run = [RecordedEvent, ...RecordedEvent[]];

interface Sent {
  readonly run: Run;
  readonly outcome: ReturnType<EventStore['append']>;
}

/**
 * Appends events of many streams in their order, several appends at a time. They are sent in order,
 * and the positions answered prove that they stand so: each behind the one before. After the first
 * that failed or does not, nothing more is sent.
 */
export class OrderedAppends {
  readonly #target: Pick<EventStore, 'append'>;
  readonly #window: number;
  readonly #sent: Sent[] = [];
  #newest = -1n;
  #added = 0;
  #stop: Stop | undefined;

  /** `window`: how many appends may be under way, at least 1. */
  constructor(target: Pick<EventStore, 'append'>, window: number) {
    this.#target = target;
    this.#window = window;
  }

  /** Events that are known to stand in their place. */
  get added(): number {
    return this.#added;
  }

  /** Sends them; waits while too many are under way. Answers why it stopped, once it has. */
  async add(events: readonly RecordedEvent[]): Promise<Stop | undefined> {
    for (const run of runsOfOneStream(events)) {
      while (this.#sent.length >= this.#window) await this.#settleOldest();
      if (this.#stop !== undefined) return this.drain();
      const [{ stream, revision }] = run;
      const expected = revision === 0n ? 'no_stream' : revision - 1n;
      const outcome = this.#target.append(stream, expected, run);
      // Looked at in turn; one that rejects before its turn must not end the process.
      outcome.catch(() => undefined);
      this.#sent.push({ run, outcome });
    }
    return this.#stop;
  }

  /** Waits for all that are under way. */
  async drain(): Promise<Stop | undefined> {
    while (this.#sent.length > 0) await this.#settleOldest();
    return this.#stop;
  }

  async #settleOldest(): Promise<void> {
    const oldest = this.#sent.shift();
    if (oldest === undefined) return;
    const outcome = await oldest.outcome;
    if (this.#stop !== undefined && this.#stop.kind === 'disordered') return;
    if (outcome.kind !== 'appended') {
      this.#stop ??= { kind: 'failed', failure: outcome };
    } else if (this.#stop !== undefined || outcome.position <= this.#newest) {
      // It stands where one before it should have stood.
      this.#stop = { kind: 'disordered', event: oldest.run[0] };
    } else {
      this.#newest = outcome.position;
      this.#added += oldest.run.length;
    }
  }
}

/** Neighbours of one stream travel together, as far as one append can carry them. */
const runsOfOneStream = (events: readonly RecordedEvent[]): readonly Run[] => {
  const runs: Run[] = [];
  let bytes = 0;
  for (const event of events) {
    const run = runs.at(-1);
    const size = Buffer.byteLength(eventLine(event));
    const fits = run?.[0].stream === event.stream && bytes + size <= MAX_APPEND_BYTES;
    bytes = fits ? bytes + size : size;
    if (fits) run.push(event);
    else runs.push([event]);
  }
  return runs;
};
