import type { HotStream, HotStreams } from './hot-streams.ts';
import type {
  AppendFailure,
  AppendOutcome,
  EventStore,
  ExpectedRevision,
  NewEvent,
  Position,
} from './port.ts';

/** The rules of one kind of stream, for one command in its context. */
export interface CommandRules<Command, State, Event, Refusal> {
  readonly decide: (command: Command, state: State) => RuledDecision<Event, Refusal>;
  /** Takes ownership of the state it is given. */
  readonly evolve: (state: State, event: Event, recorded: NewEvent) => State;
  /** Events as the log takes them; ids and metadata follow from the command, so a retry writes the same. */
  readonly record: (events: readonly Event[], refusal: Refusal | undefined) => readonly NewEvent[];
}

export type RuledDecision<Event, Refusal> =
  | { readonly kind: 'accepted'; readonly events: readonly Event[] }
  | { readonly kind: 'refused'; readonly refusal: Refusal; readonly events: readonly Event[] };

/** A command's identity: the same id with the same content asks for the same thing again. */
export interface CommandKey {
  readonly commandId: string;
  readonly contentHash: string;
  /** Handle it only if the stream stands at this revision. */
  readonly ifRevision?: bigint;
}

export type CommandOutcome<Refusal> =
  | {
      readonly kind: 'happened' | 'repeated';
      readonly stream: string;
      readonly revision: bigint;
      readonly position: Position;
    }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  /** The command id was used before with other content. */
  | { readonly kind: 'conflicting' }
  /** The stream has moved on from the revision the caller had seen. */
  | { readonly kind: 'stale'; readonly actual: ExpectedRevision }
  /** Somebody else wrote first; nothing was appended. */
  | { readonly kind: 'raced' }
  | { readonly kind: 'failed'; readonly failure: AppendFailure };

/**
 * Read, fold, decide, append. Nothing is awaited between reading and deciding, so commands on one
 * stream take turns, and each builds on those before it even while they are being made durable.
 * No answer is given before everything it builds on is durable.
 */
export const handleCommand = async <Command, State, Event, Refusal>(
  store: EventStore,
  streams: HotStreams<State, Refusal>,
  stream: string,
  rules: CommandRules<Command, State, Event, Refusal>,
  command: Command,
  { commandId, contentHash, ifRevision }: CommandKey,
): Promise<CommandOutcome<Refusal>> => {
  let hot = await streams.open(stream);
  let earlier = hot.commands.find(commandId);
  while (earlier === 'look-it-up') {
    await streams.lookUp(stream, hot, commandId);
    hot = await streams.open(stream);
    earlier = hot.commands.find(commandId);
  }
  if (earlier !== undefined) {
    if (earlier.contentHash !== contentHash) return { kind: 'conflicting' };
    return answer(streams, stream, hot, 'repeated', earlier.refusal, await earlier.appended);
  }
  const { revision } = hot;
  if (ifRevision !== undefined && ifRevision !== revision) {
    if (await streams.hasMovedOn(stream, hot, revision)) return { kind: 'raced' };
    return { kind: 'stale', actual: revision };
  }

  const decision = rules.decide(command, hot.state);
  const refusal = decision.kind === 'refused' ? decision.refusal : undefined;
  if (decision.events.length === 0) {
    if (await streams.hasMovedOn(stream, hot, revision)) return { kind: 'raced' };
    return answer(streams, stream, hot, 'repeated', refusal, await hot.newest);
  }

  const events = rules.record(decision.events, refusal);
  const append = () => store.append(stream, revision, events);
  const appended = store.isShared ? onceHolds(hot.newest, revision, append) : append();
  advance(hot, decision.events, events, rules.evolve);
  hot.newest = appended;
  hot.commands.remember(commandId, { contentHash, refusal, appended });
  return answer(streams, stream, hot, 'happened', refusal, await appended);
};

/**
 * Appends once the append before it is known to hold. Where others write too, the expected revision
 * alone does not say so: their event may stand where the one that this builds on was to stand.
 */
const onceHolds = async (
  before: HotStream<unknown, unknown>['newest'],
  revision: ExpectedRevision,
  append: () => Promise<AppendOutcome>,
): Promise<AppendOutcome> =>
  (await before).kind === 'appended'
    ? append()
    : { kind: 'wrong-expected-revision', expected: revision, actual: revision };

/** Takes the stream to where the append under way will leave it. */
const advance = <State, Event, Refusal>(
  hot: HotStream<State, Refusal>,
  events: readonly Event[],
  recorded: readonly NewEvent[],
  evolve: (state: State, event: Event, recorded: NewEvent) => State,
): void => {
  for (const [index, event] of events.entries()) {
    const entry = recorded[index];
    if (entry === undefined) throw new Error('Every event that was decided is recorded.');
    hot.state = evolve(hot.state, event, entry);
  }
  const next = hot.revision === 'no_stream' ? 0n : hot.revision + 1n;
  hot.revision = next + BigInt(events.length - 1);
};

const answer = <State, Refusal>(
  streams: HotStreams<State, Refusal>,
  stream: string,
  hot: HotStream<State, Refusal>,
  kind: 'happened' | 'repeated',
  refusal: Refusal | undefined,
  basis: Awaited<ReturnType<EventStore['append']>>,
): CommandOutcome<Refusal> => {
  if (basis.kind === 'appended') {
    if (refusal !== undefined) return { kind: 'refused', refusal };
    return { kind, stream, revision: basis.revision, position: basis.position };
  }
  streams.forget(stream, hot);
  return basis.kind === 'wrong-expected-revision'
    ? { kind: 'raced' }
    : { kind: 'failed', failure: basis };
};
