import { handleCommand } from '#event-store/handle-command';
import { contentHashOf } from '#event-codec/encode';
import type { EventStore } from '#event-store/port';
import { StoreUnusable, type StoreFault } from '#event-store/store-unusable';
import { retryRaced } from '#event-store/retry-raced';
import { COMMAND_TABLE } from '#ledger/command-table';
import { streamOf } from '#ledger/commands';
import type { CommandContext } from '#ledger/context';
import type { LedgerCommand } from '#ledger/ledger-events';
import { tidiedData } from '#ledger/text';
import { viewEventsOf } from '#projections/engine/event-source';
import type { RunningViews } from '#projections/engine/running-views';
import type { Clock } from './clock.ts';
import type { ClockWatch } from './clock-watch.ts';
import { withPosition } from './earlier-event.ts';
import type { Execute, LedgerOutcome } from './envelope.ts';
import { inTurnByName } from './in-turn.ts';
import { KeysInUse } from './keys-in-use.ts';
import { noticeOf } from './notice-of.ts';
import { payOnce } from './pay-once.ts';
import { PayeeRegister } from './payee-register.ts';
import { PaymentsOnVouchers } from './payments-on-vouchers.ts';
import { PlaceRegister } from './place-register.ts';
import { firstUnknown, type IsStarted } from './references.ts';
import { withKeys } from './with-keys.ts';
import { openStreams, rulesFor, type AnyRules, type Streams } from './stream-rules.ts';

/** What may stop every command, and what rules of places read. */
export interface ExecutorOptions {
  readonly keys?: KeysInUse;
  readonly payees?: PayeeRegister;
  readonly halted?: RunningViews['halted'];
  readonly register?: PlaceRegister;
  readonly payments?: PaymentsOnVouchers;
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
    payments = new PaymentsOnVouchers(viewEventsOf(store)),
    keys = new KeysInUse(),
    payees = new PayeeRegister(store),
    clockDoubt = () => undefined,
  }: ExecutorOptions = {},
): Execute => {
  const streams = openStreams(store);
  const isStarted = startedIn(streams);
  const inTurn = inTurnByName();
  const paying = payOnce({ store, streams, payments, payees, register, clock });

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
    const handle = (
      known: Pick<CommandContext, 'places' | 'payees' | 'notice'> = {},
      change: (rules: AnyRules) => AnyRules = (rules) => rules,
    ) => {
      const rules = change(rulesFor(kind, { ...asked, ...known }, contentHash, clock));
      return handleCommand(store, streams[kind], streamOf(command), rules, command, key);
    };
    const namesPayee = command.type === 'RequestDisbursement' || command.type === 'DisburseFunds';
    const handleKnowing = (change?: (rules: AnyRules) => AnyRules) =>
      retryRaced(async () => {
        const known = namesPayee ? { payees: await payees.ofThisMachine() } : {};
        return handle({ ...known, ...(await noticeOf(streams, command)) }, change);
      });
    if (command.type === 'DisburseFunds') return paying(command, asked, handleKnowing);
    if (kind === 'payee') {
      return inTurn('payees', () =>
        retryRaced(async () => handle({ payees: await payees.upToDate() })),
      );
    }
    if (kind !== 'place') {
      const outcome = await handleKnowing();
      if (outcome.kind !== 'refused') return outcome;
      return { ...outcome, refusal: await withPosition(store, streamOf(command), outcome.refusal) };
    }
    // Rules of places read other places: within one process, each command on a place sees all before it.
    return inTurn('places', () =>
      retryRaced(async () => handle({ places: await register.upToDate() })),
    );
  };
  const once = withKeys({ streams, keys }, carryOut);
  return (command, asked) => once(command, asked).catch(ifUnreachable);
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

/** A subject is known once its stream has an event; that one is unknown is never remembered. */
const startedIn =
  (streams: Streams): IsStarted =>
  async (kind, id) => {
    const stream = `${kind}-${id}`;
    const hot = await streams[kind].open(stream);
    if (hot.revision === 'no_stream') streams[kind].forget(stream, hot);
    return hot.revision !== 'no_stream';
  };
