import { handleCommand, type CommandOutcome, type CommandRules } from '#event-store/handle-command';
import { HotStreams } from '#event-store/hot-streams';
import { commandOf, toLedgerEvent } from '#event-codec/decode';
import { contentHashOf, markOf, toNewEvents } from '#event-codec/encode';
import type { EventStore } from '#event-store/port';
import { StoreUnusable, type StoreFault } from '#event-store/store-unusable';
import { retryRaced } from '#event-store/retry-raced';
import { COMMAND_TABLE } from '#ledger/command-table';
import { DECIDERS, streamOf } from '#ledger/commands';
import type { StreamKind } from '#ledger/event-table';
import type { CommandContext } from '#ledger/context';
import type { Decider } from '#ledger/decision';
import type { LedgerCommand, LedgerEvent } from '#ledger/ledger-events';
import type { NoticeState } from '#ledger/notice/notice-state';
import type { Refusal } from '#ledger/refusals';
import { tidiedData } from '#ledger/text';
import type { Halt } from '#projections/engine/generation';
import type { RunningViews } from '#projections/engine/running-views';
import type { Clock } from './clock.ts';
import type { ClockDoubt } from '#presentation/clock-doubt-sentence';
import type { ClockWatch } from './clock-watch.ts';
import { withPosition } from './earlier-event.ts';
import { PlaceRegister } from './place-register.ts';
import { firstUnknown, type IsStarted } from './references.ts';

/** Everything about a command but its verb: the ledger itself adds when it was recorded, and the places. */
export interface CommandEnvelope extends Omit<CommandContext, 'recordedAt' | 'places'> {
  /** Only if the stream stands at this revision. */
  readonly ifRevision?: bigint;
}

export type LedgerOutcome = CommandOutcome<Refusal> | Halted | ClockDoubted;

/** The clock may not date what was asked for, so nothing was carried out. */
export interface ClockDoubted {
  readonly kind: 'clock-doubted';
  readonly doubt: ClockDoubt;
}

/** A view of this ledger halted, so nothing that was asked for was carried out, and nothing is recorded. */
export interface Halted {
  readonly kind: 'halted';
  readonly view: string;
  readonly halt: Halt;
}

export type Execute = (command: LedgerCommand, asked: CommandEnvelope) => Promise<LedgerOutcome>;

/** Any decider, once its command, state and events are known to belong together. */
type AnyDecider = Decider<LedgerCommand, unknown, LedgerEvent>;

/** What may stop every command, and what rules of places read. */
export interface ExecutorOptions {
  readonly halted?: RunningViews['halted'];
  readonly register?: PlaceRegister;
  readonly clockDoubt?: ClockWatch['doubt'];
}

/**
 * Carries commands to their streams: tidies their texts, checks what they name, then reads, folds,
 * decides, appends. While
 * a view is halted nothing is: nothing is built on what cannot be folded or does not add up.
 */
export const createExecutor = (
  store: EventStore,
  clock: Clock,
  {
    halted = () => undefined,
    register = new PlaceRegister(store),
    clockDoubt = () => undefined,
  }: ExecutorOptions = {},
): Execute => {
  const streams = {
    place: hotStreams(store, 'place'),
    payee: hotStreams(store, 'payee'),
    notice: hotStreams(store, 'notice'),
    fund: hotStreams(store, 'fund'),
    announcement: hotStreams(store, 'announcement'),
    parameter: hotStreams(store, 'parameter'),
  } satisfies Record<StreamKind, HotStreams<unknown, Refusal>>;
  const isStarted = startedIn(streams);

  const carryOut: Execute = async (given, asked) => {
    const halt = halted();
    if (halt !== undefined) return { kind: 'halted', ...halt };
    const doubt = clockDoubt();
    if (doubt !== undefined) return { kind: 'clock-doubted', doubt };
    const { data, faults } = tidiedData(given.data);
    if (faults.length > 0) return { kind: 'refused', refusal: { code: 'text-unsound', faults } };
    // The same command: only its texts are tidied.
    const command = { ...given, data } as LedgerCommand;
    const unknown = await firstUnknown(command, isStarted);
    if (unknown !== undefined) return { kind: 'refused', refusal: unknown };
    const kind = COMMAND_TABLE[command.type].stream;
    const { commandId, occurredOn, ifRevision } = asked;
    const contentHash = contentHashOf(command, occurredOn);
    const key = { commandId, contentHash, ...(ifRevision === undefined ? {} : { ifRevision }) };
    const handle = (known: Pick<CommandContext, 'places' | 'notice'>) => {
      const rules = rulesFor(deciderOf(kind), { ...asked, ...known }, contentHash, clock);
      return handleCommand(store, streams[kind], streamOf(command), rules, command, key);
    };
    if (command.type === 'AllocateFunds') {
      const { state } = await streams.notice.open(`notice-${command.data.noticeId}`);
      // States of notices are those of their decider.
      return retryRaced(() => handle({ notice: state as NoticeState }));
    }
    if (kind !== 'place') {
      const outcome = await retryRaced(() => handle({}));
      if (outcome.kind !== 'refused') return outcome;
      return { ...outcome, refusal: await withPosition(store, streamOf(command), outcome.refusal) };
    }
    return inTurn(() => retryRaced(async () => handle({ places: await register.upToDate() })));
  };
  const inTurn = oneAtATime();
  return (command, asked) => carryOut(command, asked).catch(ifUnreachable);
};

/** Rules of places read other places: within one process, each command on a place sees all before it. */
const oneAtATime = () => {
  let last: Promise<unknown> = Promise.resolve();
  return <Answer>(task: () => Promise<Answer>): Promise<Answer> => {
    const answer = last.then(task);
    last = answer.catch(() => undefined);
    return answer;
  };
};

const UNANSWERED: ReadonlySet<StoreFault> = new Set([
  'unreachable',
  'copy-differs',
  'access-denied',
]);

/** A stream that cannot be read is no command carried out: nothing was decided, nothing appended. */
const ifUnreachable = (error: unknown): LedgerOutcome => {
  if (!(error instanceof StoreUnusable) || !UNANSWERED.has(error.fault)) throw error;
  const failure = { kind: 'unavailable', outcome: 'not-applied', reason: error.message } as const;
  return { kind: 'failed', failure };
};

/** The decider bound to one command's context; the instant is taken when it decides. */
const rulesFor = (
  decider: AnyDecider,
  asked: Omit<CommandContext, 'recordedAt'>,
  contentHash: string,
  clock: Clock,
): CommandRules<LedgerCommand, unknown, LedgerEvent, Refusal> => {
  let context: CommandContext | undefined;
  return {
    decide: (command, state) => {
      context = { ...asked, recordedAt: clock() };
      return decider.decide(command, state, context);
    },
    evolve: (state, event, recorded) => decider.evolve(state, event, markOf(recorded)),
    record: (events, refusal) => {
      if (context === undefined) throw new Error('Events are recorded before they are decided.');
      return toNewEvents(events, context, contentHash, refusal);
    },
  };
};

const hotStreams = (store: EventStore, kind: StreamKind): HotStreams<unknown, Refusal> => {
  const { initialState, evolve } = deciderOf(kind);
  return new HotStreams(store, {
    initialState,
    evolve: (state, recorded) => {
      const event = toLedgerEvent(recorded);
      return evolve(state, event, event);
    },
    commandOf,
  });
};

// `COMMAND_TABLE` pairs each command with its own decider, whose state and events stay in its streams.
const deciderOf = (kind: StreamKind): AnyDecider => DECIDERS[kind] as unknown as AnyDecider;

/** A subject is known once its stream has an event; that one is unknown is never remembered. */
const startedIn =
  (streams: Readonly<Record<StreamKind, HotStreams<unknown, Refusal>>>): IsStarted =>
  async (kind, id) => {
    const stream = `${kind}-${id}`;
    const hot = await streams[kind].open(stream);
    if (hot.revision === 'no_stream') streams[kind].forget(stream, hot);
    return hot.revision !== 'no_stream';
  };
