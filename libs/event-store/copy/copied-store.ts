import { NEVER } from 'rxjs';
import { canonicalJson } from '../canonical-json.ts';
import type { TellsOutages } from '../outage.ts';
import type { AppendOutcome, EventStore, NewEvent, Position, RecordedEvent } from '../port.ts';
import { StoreUnusable } from '../store-unusable.ts';
import { disagreement } from './agreement.ts';
import { createArrivals } from './arrivals.ts';
import { Follower } from './follower.ts';
import { USUAL_COPY_TIMING, type CopyTiming, type LogCopy } from './log-copy.ts';

/** A store whose events stand in another log and are read from a copy on this machine. */
export type CopiedStore = EventStore &
  TellsOutages &
  Pick<Follower, 'catchUp' | 'follow' | 'replicationLag' | 'copied'>;

export interface CopiedStoreOptions {
  readonly origin: EventStore & Partial<TellsOutages>;
  readonly copy: LogCopy;
  readonly timing?: CopyTiming;
}

/**
 * Writes go to the origin, which decides; everything is read from the copy. Positions are those of
 * the copy: the number of the event in the order of the log. That order is one for all, so every
 * machine gives an event the same position, and another log that takes all events over does too.
 * An append is answered when the copy holds what it appended.
 */
export const openCopiedStore = ({
  origin,
  copy,
  timing = USUAL_COPY_TIMING,
}: CopiedStoreOptions): CopiedStore => {
  const follower = new Follower(origin, copy, timing);
  const arrivals = createArrivals(follower.copied);

  /** An event of the origin as the copy has it, once it is there; undefined when that takes too long. */
  const inCopy = async (
    stream: string,
    revision: bigint,
    at: Position,
  ): Promise<RecordedEvent | undefined> => {
    if (at > follower.through) {
      const event = await arrivals.wait(stream, revision, timing.patienceMs);
      if (event !== undefined) return event;
    }
    for await (const event of copy.readStream(stream, { from: revision, limit: 1 })) {
      return event;
    }
    if (at <= follower.through) throw disagreement({ stream, revision });
    return undefined;
  };

  return {
    isShared: true,
    append: async (stream, expected, events) => {
      const diverged = follower.diverged;
      if (diverged !== undefined) return notApplied(diverged);
      const outcome = await origin.append(stream, expected, events);
      if (outcome.kind !== 'appended') return outcome;
      const { revision } = outcome;
      const recorded = await inCopy(stream, revision, outcome.position).catch(ifDiverged);
      if (recorded === undefined) return NOT_COPIED_YET;
      // A cluster knows events by their ids alone; another machine may have given them to others.
      return isTheSame(recorded, events.at(-1))
        ? { kind: 'appended', revision, position: recorded.position }
        : { kind: 'wrong-expected-revision', expected, actual: revision };
    },
    /** Asks the origin how far the stream goes, and reads it when the copy is there. */
    async *readStream(stream, options) {
      const diverged = follower.diverged;
      if (diverged !== undefined) throw diverged;
      const newest = origin.readStream(stream, { direction: 'backwards', limit: 1 });
      for await (const { revision, position } of newest) {
        if ((await inCopy(stream, revision, position)) === undefined) throw tooFarBehind();
      }
      yield* copy.readStream(stream, options);
    },
    readAll: (options) => copy.readAll(options),
    head: () => copy.head(),
    subscribeAll: (options) => copy.subscribeAll(options),
    catchUp: (onProgress) => follower.catchUp(onProgress),
    follow: () => follower.follow(),
    replicationLag: () => follower.replicationLag(),
    copied: follower.copied,
    outage: () => origin.outage?.(),
    outages: origin.outages ?? NEVER,
    close: async () => {
      follower.stop();
      await origin.close();
      await copy.close();
    },
  };
};

/** Whether the copy holds what was proposed, to the letter. */
const isTheSame = (recorded: RecordedEvent, proposed: NewEvent | undefined): boolean =>
  proposed !== undefined &&
  canonicalJson(recorded.meta) === canonicalJson(proposed.meta) &&
  canonicalJson(recorded.data) === canonicalJson(proposed.data);

const notApplied = ({ message: reason }: StoreUnusable): AppendOutcome => ({
  kind: 'unavailable',
  outcome: 'not-applied',
  reason,
});

/** What was appended while the copy and the log parted ways is as good as not copied. */
const ifDiverged = (error: unknown): undefined => {
  if (!(error instanceof StoreUnusable)) throw error;
};

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
