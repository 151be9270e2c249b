import { Subject, type Observable, type Subscription } from 'rxjs';
import type { AppendOutcome, EventStore, Position, RecordedEvent } from '../port.ts';
import { StoreUnusable } from '../store-unusable.ts';
import { BatchQueue } from './batch-queue.ts';
import { checkedNewest, disagreement, FROM_THE_START, hasStill } from './agreement.ts';
import type { CopyTiming, LogCopy, ReplicationLag } from './log-copy.ts';

/** Events of one commit of the copy. */
const BATCH_EVENTS = 2_000;

/** Keeps a copy level with the log it is taken from. */
export class Follower {
  readonly #origin: EventStore;
  readonly #copy: LogCopy;
  readonly #timing: Pick<CopyTiming, 'probeMs' | 'pauseMs'>;
  readonly #copied = new Subject<RecordedEvent>();
  #through = FROM_THE_START;
  #newest: RecordedEvent | undefined;
  /** When the copy was last known to have everything, in milliseconds of this process. */
  #levelAt = -Infinity;
  #fault: string | undefined;
  #diverged: StoreUnusable | undefined;
  #following: Subscription | undefined;
  #probing: NodeJS.Timeout | undefined;
  #isStopped = false;

  constructor(origin: EventStore, copy: LogCopy, timing: Pick<CopyTiming, 'probeMs' | 'pauseMs'>) {
    this.#origin = origin;
    this.#copy = copy;
    this.#timing = timing;
  }

  /** Events as the copy has them, as soon as it does. */
  get copied(): Observable<RecordedEvent> {
    return this.#copied;
  }

  /** Position in the origin of the newest copied event. */
  get through(): Position {
    return this.#through;
  }

  /** Why the copy and the log differ, once they do: nothing is decided on the copy from then on. */
  get diverged(): StoreUnusable | undefined {
    return this.#diverged;
  }

  replicationLag(): ReplicationLag {
    return { lagMs: Math.max(0, performance.now() - this.#levelAt), fault: this.#fault };
  }

  /** Copies everything that is in the log now. */
  async catchUp(onProgress: (copied: number) => void = () => undefined): Promise<void> {
    await this.#resume();
    let done = 0;
    for await (const batch of batchesAfter(this.#origin, this.#through)) {
      await this.#take(batch);
      onProgress((done += batch.length));
    }
    this.#levelAt = performance.now();
  }

  /** Copies whatever is recorded from now on; a log that does not answer for a while is waited for. */
  follow(): void {
    this.#start();
    this.#probing = setInterval(() => void this.#probe(), this.#timing.probeMs).unref();
  }

  stop(): void {
    this.#isStopped = true;
    clearInterval(this.#probing);
    this.#following?.unsubscribe();
    this.#copied.complete();
  }

  async #resume(): Promise<void> {
    this.#newest = await checkedNewest(this.#origin, this.#copy);
    this.#through = this.#newest?.position ?? FROM_THE_START;
  }

  #start(): void {
    if (!this.#isStopped) this.#followOn().catch(this.#onFailure);
  }

  async #followOn(): Promise<void> {
    await this.#resume();
    if (this.#isStopped) return;
    const queue = new BatchQueue(BATCH_EVENTS, (events) => this.#take(events), this.#onFailure);
    const from = this.#through < 0n ? {} : { after: this.#through };
    this.#following = this.#origin.subscribeAll(from).subscribe({
      next: (message) => {
        if (message.kind === 'event') queue.add(message.event);
        else this.#fault = undefined;
      },
      error: this.#onFailure,
    });
  }

  async #take(events: readonly RecordedEvent[]): Promise<void> {
    const last = events.at(-1);
    if (last === undefined) return;
    const outcome = await this.#copy.appendReplicated(events);
    if (outcome.kind === 'wrong-expected-revision') throw disagreement(last);
    if (outcome.kind !== 'appended') throw cannotCopy(outcome);
    this.#through = last.position;
    this.#newest = last;
    const before = outcome.position - BigInt(events.length);
    for (const [index, event] of events.entries()) {
      this.#copied.next({ ...event, position: before + BigInt(index + 1) });
    }
  }

  /** A log that breaks off is followed again; one that says something else than the copy is not. */
  readonly #onFailure = (error: unknown): void => {
    this.#following?.unsubscribe();
    this.#fault = error instanceof Error ? error.message : String(error);
    if (error instanceof StoreUnusable && error.fault === 'copy-differs') this.#diverged = error;
    if (this.#diverged !== undefined) return;
    setTimeout(() => this.#start(), this.#timing.pauseMs).unref();
  };

  async #probe(): Promise<void> {
    const asked = performance.now();
    const last = this.#newest;
    try {
      if (last !== undefined && !(await hasStill(this.#origin, last))) throw disagreement(last);
      const head = (await this.#origin.head()) ?? FROM_THE_START;
      if (head <= this.#through && this.#diverged === undefined) this.#levelAt = asked;
    } catch (error) {
      // A log that does not answer is waited for; one that was replaced is not.
      if (error instanceof StoreUnusable && error.fault === 'copy-differs') this.#onFailure(error);
    }
  }
}

/** What comes after a position, in batches that wait until they are taken. */
async function* batchesAfter(
  origin: EventStore,
  after: Position,
): AsyncIterable<readonly RecordedEvent[]> {
  let batch: RecordedEvent[] = [];
  for await (const event of origin.readAll(after < 0n ? {} : { from: after })) {
    if (event.position <= after) continue;
    batch.push(event);
    if (batch.length < BATCH_EVENTS) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

const cannotCopy = (outcome: AppendOutcome): StoreUnusable => {
  const reason = 'reason' in outcome ? outcome.reason : outcome.kind;
  return new StoreUnusable(
    'directory-unusable',
    `What the log gained cannot be copied to this machine: ${reason}.`,
    `日志的新内容不能写到本机:${reason}。`,
  );
};
