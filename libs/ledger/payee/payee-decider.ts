import type { Decider } from '../decision.ts';
import { decide } from './decide.ts';
import { evolve } from './evolve.ts';
import type { PayeeCommand } from './payee-commands.ts';
import type { PayeeEvent } from './payee-events.ts';
import { noPayee, type PayeeState } from './payee-state.ts';

/** `payee-<id>`. */
export const payeeDecider: Decider<PayeeCommand, PayeeState, PayeeEvent> = {
  initialState: noPayee,
  decide,
  evolve,
};
