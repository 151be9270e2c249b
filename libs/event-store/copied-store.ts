import { Subject, type Observable, type Subscription } from 'rxjs';
import { canonicalJson } from './canonical-json.ts';
import { StoreUnusable } from './store-unusable.ts';
import type { AppendOutcome, EventStore, NewEvent, Position, RecordedEvent } from './port.ts';

/** What a store can do that takes the events of another log as they are. */
export interface TakesOver {
  /** Appends events in the order of the other log: all of them, or none. Answers for the last. */
  takeOver(events: readonly RecordedEvent[]): Promise<AppendOutcome>;
}

/** A log on this machine that holds what another log holds, in the same order. */
export interface LogCopy extends EventStore, TakesOver {
  /** Where the newest event of the copy stands in the log it was taken from. */
  copiedThrough(): Promise<Position | undefined>;
}

/** How near a copy is to the log it follows. */
export interface Nearness {
  /** Milliseconds since the copy was known to hold everything; infinite before it ever did. */
  readonly lagMs: number;
  /** Why it cannot follow, when it cannot. */
  readonly fault: string | undefined;
}

/** A store whose events stand in `origin` and are read from a copy on this machine. */
export interface CopiedStore extends EventStore {
  /** Copies everything that is there now. */
  catchUp(onProgress?: (copied: number) => void): Promise<void>;
  /** Copies whatever is recorded from now on; a log that is away for a while is waited for. */
  follow(): void;
  readonly nearness: () => Nearness;
  /** The newest event that was copied since the store was opened. */
  readonly copied: Observable<RecordedEvent>;
}

export interface CopiedStoreOptions {
  readonly origin: EventStore;
  readonly copy: LogCopy;
  readonly timing?: CopyTiming;
}

/** In milliseconds. */
export interface CopyTiming {
  /** How long a writer waits until its own event has been copied. */
  readonly patienceMs: number;
  /** Between looks whether the copy still holds everything. */
  readonly probeMs: number;
  /** Before following again after the log broke off. */
  readonly pauseMs: number;
}

const USUAL_TIMING: CopyTiming = { patienceMs: 10_000, probeMs: 1_000, pauseMs: 1_000 };

/**
 * Writes go to the origin, which decides; everything is read from the copy. Positions are those of
 * the copy: the number of the event in the order of the log. That order is one for all, so every
 * machine gives an event the same position, and another log that takes all events over does too.
 * An append is answered when the copy holds what it appended.
 */
export const openCopiedStore = ({
  origin,
  copy,
  timing = USUAL_TIMING,
}: CopiedStoreOptions): CopiedStore => {
  const copied = new Subject<RecordedEvent>();
  const waiting: Waiting = new Map();
  let through: Position = -1n;
  let levelAt = -Infinity;
  let fault: string | undefined;
  let following: Subscription | undefined;
  let probing: NodeJS.Timeout | undefined;
  let isClosed = false;

  /** Takes events over in one commit, and tells those who wait for them where they stand. */
  const take = async (events: readonly RecordedEvent[]): Promise<void> => {
    const last = events.at(-1);
    if (last === undefined) return;
    const outcome = await copy.takeOver(events);
    if (outcome.kind === 'wrong-expected-revision') throw disagreement(last);
    if (outcome.kind !== 'appended') throw cannotCopy(outcome);
    through = last.position;
    const before = outcome.position - BigInt(events.length);
    events.forEach((event, index) => {
      const position = before + BigInt(index + 1);
      waiting.get(keyOf(event.stream, event.revision))?.({ ...event, position });
      copied.next(event);
    });
  };

  /** An event of the origin as the copy has it, once it is there; undefined when that takes too long. */
  const inCopy = async (
    stream: string,
    revision: bigint,
    at: Position,
  ): Promise<RecordedEvent | undefined> => {
    if (at > through) {
      const event = await promised(waiting, keyOf(stream, revision), timing.patienceMs);
      if (event !== undefined) return event;
    }
    for await (const event of copy.readStream(stream, { from: revision, limit: 1 })) {
      return event;
    }
    if (at <= through) throw disagreement({ stream, revision });
    return undefined;
  };

  const catchUp: CopiedStore['catchUp'] = async (onProgress = () => undefined) => {
    through = await checkedThrough(origin, copy);
    let batch: RecordedEvent[] = [];
    let done = 0;
    const takeBatch = async () => {
      await take(batch);
      done += batch.length;
      onProgress(done);
      batch = [];
    };
    for await (const event of origin.readAll(through < 0n ? {} : { from: through })) {
      if (event.position <= through) continue;
      batch.push(event);
      if (batch.length >= BATCH_EVENTS) await takeBatch();
    }
    await takeBatch();
    levelAt = performance.now();
  };

  const probe = async (): Promise<void> => {
    const asked = performance.now();
    const head = await origin.head().catch(() => null);
    if (head !== null && (head === undefined || head <= through)) levelAt = asked;
  };

  const followOn = async (): Promise<void> => {
    through = await checkedThrough(origin, copy);
    if (isClosed) return;
    const taking = takingInTurn(take, stumble);
    following = origin.subscribeAll(through < 0n ? {} : { after: through }).subscribe({
      next: (message) => {
        if (message.kind === 'event') taking(message.event);
        else fault = undefined;
      },
      error: stumble,
    });
  };

  /** A log that breaks off is followed again; one that says something else than the copy is not. */
  const stumble = (error: unknown): void => {
    following?.unsubscribe();
    fault = error instanceof Error ? error.message : String(error);
    if (error instanceof StoreUnusable && error.fault === 'copy-differs') return;
    setTimeout(start, timing.pauseMs).unref();
  };

  const start = (): void => {
    if (!isClosed) followOn().catch(stumble);
  };

  return {
    isShared: true,
    append: async (stream, expected, events) => {
      const outcome = await origin.append(stream, expected, events);
      if (outcome.kind !== 'appended') return outcome;
      const { revision } = outcome;
      const recorded = await inCopy(stream, revision, outcome.position);
      if (recorded === undefined) return NOT_COPIED_YET;
      const { position } = recorded;
      // A cluster takes the same ids for the same events; another machine may have given them others.
      return isTheSame(recorded, events.at(-1))
        ? { kind: 'appended', revision, position }
        : { kind: 'wrong-expected-revision', expected, actual: revision };
    },
    async *readStream(stream, options) {
      const newest = origin.readStream(stream, { direction: 'backwards', limit: 1 });
      for await (const { revision, position } of newest) {
        if ((await inCopy(stream, revision, position)) === undefined) throw tooFarBehind();
      }
      yield* copy.readStream(stream, options);
    },
    readAll: (options) => copy.readAll(options),
    head: () => copy.head(),
    subscribeAll: (options) => copy.subscribeAll(options),
    catchUp,
    follow: () => {
      start();
      probing = setInterval(() => void probe(), timing.probeMs);
      probing.unref();
    },
    nearness: () => ({ lagMs: Math.max(0, performance.now() - levelAt), fault }),
    copied,
    close: async () => {
      isClosed = true;
      clearInterval(probing);
      following?.unsubscribe();
      copied.complete();
      await origin.close();
      await copy.close();
    },
  };
};

const BATCH_EVENTS = 2_000;

/** Those who wait until an event is in the copy, by its stream and revision. */
type Waiting = Map<string, (event: RecordedEvent | undefined) => void>;

const keyOf = (stream: string, revision: bigint): string => `${stream}@${revision}`;

/** One batch at a time, each in one commit: what comes in meanwhile is the next batch. */
const takingInTurn = (
  take: (events: readonly RecordedEvent[]) => Promise<void>,
  onError: (error: unknown) => void,
) => {
  let gathered: RecordedEvent[] = [];
  let isTaking = false;
  let hasFailed = false;
  const takeAll = async (): Promise<void> => {
    isTaking = true;
    while (gathered.length > 0) {
      const batch = gathered.splice(0, BATCH_EVENTS);
      await take(batch);
    }
    isTaking = false;
  };
  return (event: RecordedEvent): void => {
    if (hasFailed) return;
    gathered.push(event);
    if (isTaking) return;
    takeAll().catch((error: unknown) => {
      hasFailed = true;
      gathered = [];
      onError(error);
    });
  };
};

/** What somebody else will say of a key, or undefined when nobody does in time. */
const promised = (
  waiting: Waiting,
  key: string,
  timeoutMs: number,
): Promise<RecordedEvent | undefined> =>
  new Promise((resolve) => {
    const before = waiting.get(key);
    const answer = (event: RecordedEvent | undefined) => {
      clearTimeout(late);
      waiting.delete(key);
      before?.(event);
      resolve(event);
    };
    const late = setTimeout(() => answer(undefined), timeoutMs);
    waiting.set(key, answer);
  });

/** Where the copy stands in the origin, once it is known that both have the same event there. */
const checkedThrough = async (origin: EventStore, copy: LogCopy): Promise<Position> => {
  const through = await copy.copiedThrough();
  const head = await copy.head();
  if (through === undefined || head === undefined) return -1n;
  const isThere = through <= ((await origin.head()) ?? -1n);
  for await (const ours of copy.readAll({ from: head, limit: 1 })) {
    const theirs: RecordedEvent | undefined = isThere ? await firstAt(origin, through) : undefined;
    if (theirs?.id !== ours.id || theirs.position !== through) throw disagreement(ours);
  }
  return through;
};

const firstAt = async (store: EventStore, from: Position): Promise<RecordedEvent | undefined> => {
  for await (const event of store.readAll({ from, limit: 1 })) return event;
  return undefined;
};

/** Whether the copy holds what was proposed, to the letter. */
const isTheSame = (recorded: RecordedEvent, proposed: NewEvent | undefined): boolean =>
  proposed !== undefined &&
  canonicalJson(recorded.meta) === canonicalJson(proposed.meta) &&
  canonicalJson(recorded.data) === canonicalJson(proposed.data);

const NOT_COPIED_YET: AppendOutcome = {
  kind: 'unavailable',
  outcome: 'unknown',
  reason: 'The event was recorded and has not reached this machine yet.',
};

const tooFarBehind = (): StoreUnusable =>
  new StoreUnusable(
    'unreachable',
    'This machine is too far behind the log to decide anything. Try again when it has caught up.',
    '本机落后于日志,暂时不能记账;请在追上以后再试。',
  );

const cannotCopy = (outcome: AppendOutcome): StoreUnusable =>
  new StoreUnusable(
    'directory-unusable',
    `What the log gained cannot be copied to this machine: ${'reason' in outcome ? outcome.reason : outcome.kind}.`,
    `日志的新内容不能写到本机:${'reason' in outcome ? outcome.reason : outcome.kind}。`,
  );

const disagreement = ({
  stream,
  revision,
}: Pick<RecordedEvent, 'stream' | 'revision'>): StoreUnusable =>
  new StoreUnusable(
    'copy-differs',
    `The copy on this machine and the log differ at ${stream}@${revision}: the log was restored, rewritten, or is another one. Nothing was changed. Compare both; if the log is right, remove the copy and it is made anew.`,
    `本机副本与日志在 ${stream}@${revision} 处不一致:日志可能被恢复、改写,或是另一份台账。未作任何改动;请比对,确认日志无误后删除副本即可重建。`,
  );
