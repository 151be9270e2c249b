import { createHash } from 'node:crypto';
import type { AppendsReplicated } from '#event-store/copy/log-copy';
import { eventLine } from '#event-codec/event-line';
import {
  MAX_APPEND_BYTES,
  type AppendOutcome,
  type EventStore,
  type RecordedEvent,
} from '#event-store/port';

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
  | { readonly kind: 'stopped'; readonly added: number; readonly failure: AppendOutcome }
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
      const failure = await round.add(event, line.length);
      if (failure !== undefined) return { kind: 'stopped', added: round.added(), failure };
    } else if (eventLine(existing) !== line) {
      return { kind: 'foreign', at: existing, number: events };
    }
  }
  const failure = await round.write();
  if (failure !== undefined) return { kind: 'stopped', added: round.added(), failure };
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

/** Gathers events and writes them round by round. Each call answers the failure, if there was one. */
const roundsTo = (target: EventStore & Partial<AppendsReplicated>) => {
  const write = writerTo(target);
  let gathered: RecordedEvent[] = [];
  let bytes = 0;
  let added = 0;
  const writeRound = async (): Promise<AppendOutcome | undefined> => {
    const failure = await write(gathered);
    if (failure === undefined) added += gathered.length;
    [gathered, bytes] = [[], 0];
    return failure;
  };
  return {
    added: () => added,
    write: writeRound,
    add: async (event: RecordedEvent, size: number): Promise<AppendOutcome | undefined> => {
      gathered.push(event);
      bytes += size;
      return gathered.length >= ROUND_EVENTS || bytes >= ROUND_BYTES ? writeRound() : undefined;
    },
  };
};

/** Writes events in their order. Answers the failure when not all of them were taken. */
const writerTo = (target: EventStore & Partial<AppendsReplicated>) => {
  const { appendReplicated } = target;
  return async (events: readonly RecordedEvent[]): Promise<AppendOutcome | undefined> => {
    if (events.length === 0) return undefined;
    if (appendReplicated !== undefined) return failureIn(await appendReplicated(events));
    // A store that is shared keeps the order in which it answers: one append after the other.
    for (const run of runsOfOneStream(events)) {
      const { stream, revision } = run[0];
      const expected = revision === 0n ? 'no_stream' : revision - 1n;
      const failure = failureIn(await target.append(stream, expected, run));
      if (failure !== undefined) return failure;
    }
    return undefined;
  };
};

const failureIn = (outcome: AppendOutcome): AppendOutcome | undefined =>
  outcome.kind === 'appended' ? undefined : outcome;

type Run = [RecordedEvent, ...RecordedEvent[]];

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
