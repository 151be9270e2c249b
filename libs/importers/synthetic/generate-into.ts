import { contentHashOf, markOf, toNewEvents } from '#event-codec/encode';
import type { EventStore, ExpectedRevision, NewEvent } from '#event-store/port';
import { COMMAND_TABLE } from '#ledger/command-table';
import { DECIDERS, streamOf } from '#ledger/commands';
import type { CommandContext } from '#ledger/context';
import type { Decider } from '#ledger/decision';
import { EVENT_TABLE } from '#ledger/event-table';
import type { LedgerCommand, LedgerEvent } from '#ledger/ledger-events';
import { noPlaces } from '#ledger/place/known-places';
import { learn } from '#ledger/place/learn-place';
import type { PlaceEvent } from '#ledger/place/place-events';
import { commandIdOf } from '#event-codec/ids';
import { syntheticCounty, type SyntheticCommand, type SyntheticSize } from './synthetic-county.ts';

export type GenerateOutcome =
  | (SyntheticSize & {
      readonly kind: 'generated';
      readonly events: number;
      readonly position: number;
    })
  /** The ledger holds these places already, from another size or seed. */
  | { readonly kind: 'occupied'; readonly stream: string };

const BATCH_COMMANDS = 2_000;

/**
 * Writes a synthetic county into a ledger that does not hold its places yet, through the real
 * deciders, many streams at a time. Instants follow from the business dates, so the log is the same
 * byte for byte, and doing it again with the same size and seed adds nothing.
 */
export const generateInto = async (
  store: EventStore,
  size: SyntheticSize,
  onProgress: (done: number, of: number) => void = () => undefined,
): Promise<GenerateOutcome> => {
  const before = Number((await store.head()) ?? 0n);
  const append = createBulkAppender(store);
  const decideOn = createJudge();
  const estimate = size.villages * size.years * 24;
  let done = 0;
  let underWay: Promise<string | undefined> = Promise.resolve(undefined);
  for (const batch of inBatches(syntheticCounty(size))) {
    const decided = batch.map((command, index) => decideOn(command, done + index));
    const occupied = await underWay;
    if (occupied !== undefined) return { kind: 'occupied', stream: occupied };
    // One batch is written while the next is decided.
    underWay = append(decided);
    done += batch.length;
    onProgress(Math.min(done, estimate), Math.max(done, estimate));
  }
  const occupied = await underWay;
  if (occupied !== undefined) return { kind: 'occupied', stream: occupied };
  const position = Number((await store.head()) ?? 0n);
  return { kind: 'generated', ...size, events: position - before, position };
};

interface Decided {
  readonly stream: string;
  readonly events: readonly NewEvent[];
}

/** Decides command after command on the states they leave behind. */
const createJudge = () => {
  const states = new Map<string, unknown>();
  const places = noPlaces();
  let recordedAt = '';
  return ({ command, actor, on }: SyntheticCommand, number: number): Decided => {
    const stream = streamOf(command);
    const decider = deciderOf(command);
    // Late entries are dated back, and recorded when they come.
    if (`${on}T08:00:00.000Z` > recordedAt) recordedAt = `${on}T08:00:00.000Z`;
    const context: CommandContext = {
      commandId: commandIdOf('synthetic', `${number}`, stream),
      actor,
      occurredOn: on,
      recordedAt,
      places,
    };
    let state = states.get(stream) ?? decider.initialState();
    const decided = decider.decide(command, state, context).events;
    const events = toNewEvents(decided, context, contentHashOf(command, on), undefined);
    for (const [index, event] of decided.entries()) {
      const recorded = events[index];
      if (recorded === undefined) throw new Error('Every event that was decided is recorded.');
      const mark = markOf(recorded);
      state = decider.evolve(state, event, mark);
      if (isOfPlace(event)) learn(places, { ...event, ...mark, position: number });
    }
    states.set(stream, state);
    return { stream, events };
  };
};

const isOfPlace = (event: LedgerEvent): event is PlaceEvent =>
  EVENT_TABLE[event.type].stream === 'place';

const deciderOf = (command: LedgerCommand): Decider<LedgerCommand, unknown, LedgerEvent> =>
  // `COMMAND_TABLE` pairs each command with its own decider.
  DECIDERS[COMMAND_TABLE[command.type].stream] as unknown as Decider<
    LedgerCommand,
    unknown,
    LedgerEvent
  >;

/**
 * Gathers what goes to one stream into one append; all appends of a batch travel together. Answers
 * the name of a stream that somebody else has written to.
 */
const createBulkAppender = (store: EventStore) => {
  const revisions = new Map<string, bigint>();
  return async (decided: readonly Decided[]): Promise<string | undefined> => {
    const byStream = new Map<string, NewEvent[]>();
    for (const { stream, events } of decided) {
      const gathered = byStream.get(stream);
      if (gathered === undefined) byStream.set(stream, [...events]);
      else gathered.push(...events);
    }
    const occupied = await Promise.all(
      [...byStream].map(async ([stream, events]) => {
        if (events.length === 0) return undefined;
        const expected: ExpectedRevision = revisions.get(stream) ?? 'no_stream';
        const last = (expected === 'no_stream' ? -1n : expected) + BigInt(events.length);
        revisions.set(stream, last);
        const outcome = await store.append(stream, expected, events);
        if (outcome.kind === 'appended') return undefined;
        if (outcome.kind === 'wrong-expected-revision') return stream;
        throw new Error(`Generating ${stream}: ${outcome.kind}.`);
      }),
    );
    return occupied.find((stream) => stream !== undefined);
  };
};

/**
 * What goes to one stream in a batch is written together, ahead of streams that begin later in it. A
 * merger names another place, so it waits until that one is written: it begins a batch.
 */
function* inBatches(commands: Iterable<SyntheticCommand>): Generator<readonly SyntheticCommand[]> {
  let batch: SyntheticCommand[] = [];
  let before: SyntheticCommand | undefined;
  for (const command of commands) {
    const isFirstMerger = isMerger(command) && (before === undefined || !isMerger(before));
    if (batch.length === BATCH_COMMANDS || (isFirstMerger && batch.length > 0)) {
      yield batch;
      batch = [];
    }
    batch.push(command);
    before = command;
  }
  if (batch.length > 0) yield batch;
}

const isMerger = ({ command }: SyntheticCommand): boolean => command.type === 'MergePlace';
