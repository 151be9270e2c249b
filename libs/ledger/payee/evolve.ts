import type { PayeeEvent } from './payee-events.ts';
import type { PayeeState } from './payee-state.ts';

/** The state after an event. What the identity says is for the views: no rule reads it. */
export const evolve = (_payee: PayeeState, event: PayeeEvent): PayeeState => {
  switch (event.type) {
    case 'PayeeRegistered':
    case 'PayeeChanged':
      return { registered: true };
    default:
      return event satisfies never;
  }
};
