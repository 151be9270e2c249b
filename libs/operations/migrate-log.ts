import { createHash } from 'node:crypto';
import type { AppendsReplicated } from '#event-store/copy/log-copy';
import { eventLine } from '#event-codec/event-line';
import type { AppendFailure, EventStore, RecordedEvent } from '#event-store/port';
import { OrderedAppends, type Stop } from './ordered-appends.ts';

/** One side of a migration: how many events it holds, and SHA-256 over their lines in order. */
export interface Side {
  readonly events: number;
  readonly digest: string;
}

export type Migration =
  | {
      readonly kind: 'migrated';
      /** Events that were not there before this run. */
      readonly added: number;
      readonly source: Side;
      readonly target: Side;
    }
  /** The target holds something else than the beginning of the source. Nothing was written. */
  | { readonly kind: 'foreign'; readonly at: RecordedEvent; readonly number: number }
  /** The target stopped taking events; running it again goes on from there. */
  | { readonly kind: 'stopped'; readonly added: number; readonly failure: AppendFailure }
  /** The target put an event before one that precedes it: it can be no copy of the source any more. */
  | { readonly kind: 'disordered'; readonly added: number; readonly at: RecordedEvent }
  /** Both were written and read, and are not the same. */
  | { readonly kind: 'differs'; readonly source: Side; readonly target: Side };

/** In one round, events go to one append or one commit. */
const ROUND_EVENTS = 500;
const ROUND_BYTES = 256 * 1024;

/**
 * Takes a whole log over to another store: the same events with the same ids in the same order. What
 * the target holds already must be the beginning of the source, so a run that was cut short is
 * completed by running it again; in the end both sides are read and compared. Nobody else may write
 * to either side meanwhile.
 */
export const migrateLog = async (
  source: EventStore,
  target: EventStore & Partial<AppendsReplicated>,
  onProgress: (done: number) => void = () => undefined,
): Promise<Migration> => {
  const digest = createHash('sha256');
  const round = roundsTo(target);
  let events = 0;
  for await (const [event, existing] of sideBySide(source, target)) {
    events += 1;
    if (event === undefined) return { kind: 'foreign', at: existing, number: events };
    const line = eventLine(event);
    digest.update(`${line}\n`);
    onProgress(events);
    if (existing === undefined) {
      const stop = await round.add(event, line.length);
      if (stop !== undefined) return stopped(stop, round.added());
    } else if (eventLine(existing) !== line) {
      return { kind: 'foreign', at: existing, number: events };
    }
  }
  const stop = await round.write();
  if (stop !== undefined) return stopped(stop, round.added());
  const sides = {
    source: { events, digest: digest.digest('hex') },
    target: await digestOfLog(target),
  };
  return sides.source.digest === sides.target.digest
    ? { kind: 'migrated', added: round.added(), ...sides }
    : { kind: 'differs', ...sides };
};

type Pair = [RecordedEvent, RecordedEvent | undefined] | [undefined, RecordedEvent];

/** The events of two logs, place by place; where one has ended there is undefined. */
async function* sideBySide(left: EventStore, right: EventStore): AsyncGenerator<Pair> {
  const others = right.readAll()[Symbol.asyncIterator]();
  const nextOther = async (): Promise<RecordedEvent | undefined> => {
    const step: IteratorResult<RecordedEvent, unknown> = await others.next();
    return step.done === true ? undefined : step.value;
  };
  try {
    let other = await nextOther();
    for await (const event of left.readAll()) {
      yield [event, other];
      // Ended is ended: what is written to the right meanwhile is not read.
      if (other !== undefined) other = await nextOther();
    }
    if (other !== undefined) yield [undefined, other];
  } finally {
    await others.return?.();
  }
}

/** Number and digest of all events of a log. */
export const digestOfLog = async (store: EventStore): Promise<Side> => {
  const digest = createHash('sha256');
  let events = 0;
  for await (const event of store.readAll()) {
    digest.update(`${eventLine(event)}\n`);
    events += 1;
  }
  return { events, digest: digest.digest('hex') };
};

/** Appends under way at a time. */
const WINDOW = 64;

/** Takes events in their order. Each call answers why it stopped, once it has. */
interface Taker {
  readonly added: () => number;
  readonly take: (events: readonly RecordedEvent[]) => Promise<Stop | undefined>;
  readonly drain: () => Promise<Stop | undefined>;
}

/** Gathers events and hands them over round by round. */
const roundsTo = (target: EventStore & Partial<AppendsReplicated>) => {
  const taker = takerOf(target);
  let gathered: RecordedEvent[] = [];
  let bytes = 0;
  const handOver = (): Promise<Stop | undefined> => {
    const round = gathered;
    [gathered, bytes] = [[], 0];
    return taker.take(round);
  };
  return {
    added: taker.added,
    write: async () => (await handOver()) ?? taker.drain(),
    add: async (event: RecordedEvent, size: number): Promise<Stop | undefined> => {
      gathered.push(event);
      bytes += size;
      return gathered.length >= ROUND_EVENTS || bytes >= ROUND_BYTES ? handOver() : undefined;
    },
  };
};

/** A copy takes a round in one commit; a store that is shared, one stream at a time. */
const takerOf = (target: EventStore & Partial<AppendsReplicated>): Taker => {
  const { appendReplicated } = target;
  if (appendReplicated === undefined) {
    const appends = new OrderedAppends(target, WINDOW);
    return {
      added: () => appends.added,
      take: (events) => appends.add(events),
      drain: () => appends.drain(),
    };
  }
  let added = 0;
  return {
    added: () => added,
    take: async (events) => {
      if (events.length === 0) return undefined;
      const outcome = await appendReplicated(events);
      if (outcome.kind !== 'appended') return { kind: 'failed', failure: outcome };
      added += events.length;
      return undefined;
    },
    drain: () => Promise.resolve(undefined),
  };
};

const stopped = (stop: Stop, added: number): Migration =>
  stop.kind === 'failed'
    ? { kind: 'stopped', added, failure: stop.failure }
    : { kind: 'disordered', added, at: stop.event };
