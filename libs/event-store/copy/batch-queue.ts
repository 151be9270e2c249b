import type { RecordedEvent } from '../port.ts';

/** Gives events to `take` in batches, one at a time: what arrives meanwhile is the next one. */
export class BatchQueue {
  readonly #atMost: number;
  readonly #take: (events: readonly RecordedEvent[]) => Promise<void>;
  readonly #onError: (error: unknown) => void;
  #waiting: RecordedEvent[] = [];
  #isTaking = false;
  #hasFailed = false;

  /** After an error nothing more is taken. */
  constructor(
    atMost: number,
    take: (events: readonly RecordedEvent[]) => Promise<void>,
    onError: (error: unknown) => void,
  ) {
    this.#atMost = atMost;
    this.#take = take;
    this.#onError = onError;
  }

  add(event: RecordedEvent): void {
    if (this.#hasFailed) return;
    this.#waiting.push(event);
    if (this.#isTaking) return;
    this.#takeAll().catch((error: unknown) => {
      this.#hasFailed = true;
      this.#waiting = [];
      this.#onError(error);
    });
  }

  async #takeAll(): Promise<void> {
    this.#isTaking = true;
    while (this.#waiting.length > 0) await this.#take(this.#waiting.splice(0, this.#atMost));
    this.#isTaking = false;
  }
}
