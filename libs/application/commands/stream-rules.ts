import type { CommandRules } from '#event-store/handle-command';
import { HotStreams } from '#event-store/hot-streams';
import { commandOf, toLedgerEvent } from '#event-codec/decode';
import { markOf, toNewEvents } from '#event-codec/encode';
import type { EventStore } from '#event-store/port';
import type { CommandContext } from '#ledger/context';
import { DECIDERS } from '#ledger/commands';
import type { Decider } from '#ledger/decision';
import type { StreamKind } from '#ledger/event-table';
import type { LedgerCommand, LedgerEvent } from '#ledger/ledger-events';
import type { Refusal } from '#ledger/refusals';
import type { VoucherCommand } from '#ledger/voucher/voucher-commands';
import type { Clock } from './clock.ts';

/** What a person may ask for, and what a payment asks of its slip. */
export type StreamCommand = LedgerCommand | VoucherCommand;

/** Any decider, once its command, state and events are known to belong together. */
type AnyDecider = Decider<StreamCommand, unknown, LedgerEvent>;

export type AnyRules = CommandRules<StreamCommand, unknown, LedgerEvent, Refusal>;

/** The streams in use, of each kind. */
export type Streams = Readonly<Record<StreamKind, HotStreams<unknown, Refusal>>>;

export const openStreams = (store: EventStore): Streams => ({
  place: hotStreams(store, 'place'),
  payee: hotStreams(store, 'payee'),
  notice: hotStreams(store, 'notice'),
  fund: hotStreams(store, 'fund'),
  announcement: hotStreams(store, 'announcement'),
  parameter: hotStreams(store, 'parameter'),
  adjustment: hotStreams(store, 'adjustment'),
  voucher: hotStreams(store, 'voucher'),
});

/** The rules of a kind of stream, bound to one command's context; the instant is taken when it decides. */
export const rulesFor = (
  kind: StreamKind,
  asked: Omit<CommandContext, 'recordedAt'>,
  contentHash: string,
  clock: Clock,
): AnyRules => {
  const decider = deciderOf(kind);
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
