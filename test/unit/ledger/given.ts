import { expect } from '@jest/globals';
import type { Actor, CommandContext } from '#ledger/context';
import type { Decider, Decision, Occurrence } from '#ledger/decision';
import type { Refusal } from '#ledger/refusals';
import { PAYEES, payeesAfter } from './payees.ts';
import { NEIGHBOURS, placesAfter } from './places.ts';

export const clerk: Actor = { id: 'wang', organisation: '衔接办', role: 'clerk' };
export const finance: Actor = { id: 'li', organisation: '财政局', role: 'finance' };

export const context = (changes: Partial<CommandContext> = {}): CommandContext => ({
  commandId: '0197a000-0000-7000-8000-000000000001',
  actor: clerk,
  occurredOn: '2024-06-03',
  recordedAt: '2024-06-03T02:00:00.000Z',
  places: placesAfter(...NEIGHBOURS),
  payees: payeesAfter(...PAYEES),
  ...changes,
});

/** Given what has happened, when something is asked, then this follows and nothing else. */
export const given = <Command, State, Event>(
  decider: Decider<Command, State, Event>,
  ...history: readonly Occurrence<Event>[]
) => ({
  when: (command: Command, by: Partial<CommandContext> = {}) => {
    const state = after(decider, history);
    return outcome(decider.decide(command, state, context(by)));
  },
});

/** The state after a history. What happens without a day of its own happens on the first of the year. */
export const after = <State, Event>(
  { initialState, evolve }: Pick<Decider<never, State, Event>, 'initialState' | 'evolve'>,
  history: readonly Occurrence<Event>[],
): State =>
  history.reduce<State>(
    (state, event, index) =>
      evolve(state, event, {
        id: `event-${index}`,
        occurredOn: event.occurredOn ?? '2024-01-01',
      }),
    initialState(),
  );

const outcome = <Event>(decision: Decision<Event>) => ({
  decision,
  then: (...events: readonly Event[]) => expect(decision).toEqual({ kind: 'accepted', events }),
  thenRefused: (refusal: Refusal, ...events: readonly Event[]) =>
    expect(decision).toEqual({ kind: 'refused', refusal, events }),
});
