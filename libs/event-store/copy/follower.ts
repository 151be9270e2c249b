import { Subject, type Observable, type Subscription } from 'rxjs';
import type { AppendOutcome, EventStore, Position, RecordedEvent } from '../port.ts';
import { StoreUnusable } from '../store-unusable.ts';
import { checkedNewest, disagreement, FROM_THE_START, hasStill } from './agreement.ts';
import type { CopyTiming, LogCopy, ReplicationLag } from './log-copy.ts';
import { takingInTurn } from './taking-in-turn.ts';

/** Keeps a copy level with the log it is taken from. */
export interface Follower {
  /** Copies everything that is there now. */
  catchUp(onProgress?: (copied: number) => void): Promise<void>;
  /** Copies whatever is recorded from now on; a log that is away for a while is waited for. */
  follow(): void;
  /** Where the newest copied event stands in the origin. */
  readonly through: () => Position;
  readonly replicationLag: () => ReplicationLag;
  /** Why the copy and the log part ways, once they do: nothing is decided on it from then on. */
  readonly diverged: () => StoreUnusable | undefined;
  /** Events as the copy holds them, once it does. */
  readonly copied: Observable<RecordedEvent>;
  stop(): void;
}

/** Events of one commit of the copy. */
const BATCH_EVENTS = 2_000;

export const createFollower = (
  origin: EventStore,
  copy: LogCopy,
  { probeMs, pauseMs }: CopyTiming,
): Follower => {
  const copied = new Subject<RecordedEvent>();
  let through = FROM_THE_START;
  let levelAt = -Infinity;
  let fault: string | undefined;
  let diverged: StoreUnusable | undefined;
  let newest: RecordedEvent | undefined;
  let following: Subscription | undefined;
  let probing: NodeJS.Timeout | undefined;
  let isStopped = false;

  const take = async (events: readonly RecordedEvent[]): Promise<void> => {
    const last = events.at(-1);
    if (last === undefined) return;
    const outcome = await copy.appendReplicated(events);
    if (outcome.kind === 'wrong-expected-revision') throw disagreement(last);
    if (outcome.kind !== 'appended') throw cannotCopy(outcome);
    through = last.position;
    newest = last;
    const before = outcome.position - BigInt(events.length);
    events.forEach((event, index) =>
      copied.next({ ...event, position: before + BigInt(index + 1) }),
    );
  };

  const resumeFrom = async (): Promise<void> => {
    newest = await checkedNewest(origin, copy);
    through = newest?.position ?? FROM_THE_START;
  };

  const start = (): void => {
    if (!isStopped) followOn().catch(onFailure);
  };

  const followOn = async (): Promise<void> => {
    await resumeFrom();
    if (isStopped) return;
    const taking = takingInTurn(BATCH_EVENTS, take, onFailure);
    following = origin.subscribeAll(through < 0n ? {} : { after: through }).subscribe({
      next: (message) => {
        if (message.kind === 'event') taking(message.event);
        else fault = undefined;
      },
      error: onFailure,
    });
  };

  /** A log that breaks off is followed again; one that says something else than the copy is not. */
  const onFailure = (error: unknown): void => {
    following?.unsubscribe();
    fault = error instanceof Error ? error.message : String(error);
    if (error instanceof StoreUnusable && error.fault === 'copy-differs') diverged = error;
    if (diverged !== undefined) return;
    setTimeout(start, pauseMs).unref();
  };

  const probe = async (): Promise<void> => {
    const asked = performance.now();
    const last = newest;
    try {
      if (last !== undefined && !(await hasStill(origin, last))) throw disagreement(last);
      const head = (await origin.head()) ?? FROM_THE_START;
      if (head <= through && diverged === undefined) levelAt = asked;
    } catch (error) {
      // A log that does not answer is waited for; one that was replaced is not.
      if (error instanceof StoreUnusable && error.fault === 'copy-differs') onFailure(error);
    }
  };

  return {
    copied,
    through: () => through,
    diverged: () => diverged,
    replicationLag: () => ({ lagMs: Math.max(0, performance.now() - levelAt), fault }),
    catchUp: async (onProgress = () => undefined) => {
      await resumeFrom();
      let done = 0;
      for await (const batch of batchesAfter(origin, through)) {
        await take(batch);
        onProgress((done += batch.length));
      }
      levelAt = performance.now();
    },
    follow: () => {
      start();
      probing = setInterval(() => void probe(), probeMs);
      probing.unref();
    },
    stop: () => {
      isStopped = true;
      clearInterval(probing);
      following?.unsubscribe();
      copied.complete();
    },
  };
};

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
