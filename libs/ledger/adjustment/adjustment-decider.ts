import type { Decider } from '../decision.ts';
import type { AdjustmentCommand } from './adjustment-commands.ts';
import type { AdjustmentEvent } from './adjustment-events.ts';
import { noAdjustment, type AdjustmentState } from './adjustment-state.ts';
import { decide } from './decide.ts';
import { evolve } from './evolve.ts';

/** `adjustment-<id>`. */
export const adjustmentDecider: Decider<AdjustmentCommand, AdjustmentState, AdjustmentEvent> = {
  initialState: noAdjustment,
  decide,
  evolve,
};
