import { businessDateOf, type BusinessDate } from './calendar.ts';
import type { CommandContext } from './context.ts';
import type { Refusal } from './refusals.ts';

/** What an event is to the ledger: a type that never changes its meaning, and data. */
export interface EventOf<Type extends string, Data> {
  readonly type: Type;
  readonly data: Data;
}

/** How the log marks an event, beside what it says: its id, and the day on which it happened. */
export interface EventMark {
  readonly id: string;
  readonly occurredOn: BusinessDate;
}

/** An event that a decision brings about. It happens on the business day of its command, or on its own. */
export type Occurrence<Event> = Event & { readonly occurredOn?: BusinessDate };

/** What a command is: a verb and what it asks for. */
export interface CommandOf<Type extends string, Data> {
  readonly type: Type;
  readonly data: Data;
}

/**
 * Answer to a command: the events that now happened, or a named refusal.
 * A refusal may leave an event behind: an attempt to overspend is itself a fact.
 */
export type Decision<Event> =
  | { readonly kind: 'accepted'; readonly events: readonly Occurrence<Event>[] }
  | {
      readonly kind: 'refused';
      readonly refusal: Refusal;
      readonly events: readonly Occurrence<Event>[];
    };

/** The rules of one kind of stream. */
export interface Decider<Command, State, Event> {
  readonly initialState: () => State;
  readonly decide: (command: Command, state: State, context: CommandContext) => Decision<Event>;
  /** Takes ownership of the state it is given and may write to it; the result is the state to go on with. */
  readonly evolve: (state: State, event: Event, mark: EventMark) => State;
}

export const accept = <Event>(...events: readonly Occurrence<Event>[]): Decision<Event> => ({
  kind: 'accepted',
  events,
});

export const refuse = <Event>(
  refusal: Refusal,
  ...events: readonly Occurrence<Event>[]
): Decision<Event> => ({
  kind: 'refused',
  refusal,
  events,
});

/** Every decider's first rule: no event lies in the future of its recording. */
export const inFuture = (context: CommandContext): boolean =>
  context.occurredOn > businessDateOf(context.recordedAt);
