import type { PayeeEvent } from './payee-events.ts';
import type { PayeeState } from './payee-state.ts';

/** The state after an event. What the identity says is for the views: no rule reads it. */
export const evolve = (payee: PayeeState, event: PayeeEvent): PayeeState => {
  switch (event.type) {
    case 'PayeeRegistered':
    case 'PayeeChanged':
      return { ...payee, registered: true };
    case 'PayeeMerged':
      return { ...payee, mergedInto: event.data.intoPayeeId };
    case 'PayeeMergerRevoked':
      return { registered: payee.registered };
    default:
      return event satisfies never;
  }
};
