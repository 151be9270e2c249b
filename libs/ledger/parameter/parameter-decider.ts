import type { Decider } from '../decision.ts';
import { decide } from './decide.ts';
import { evolve } from './evolve.ts';
import type { ParameterCommand } from './parameter-commands.ts';
import type { ParameterEvent } from './parameter-events.ts';
import { noParameter, type ParameterState } from './parameter-state.ts';

/** `parameter-<id>`. */
export const parameterDecider: Decider<ParameterCommand, ParameterState, ParameterEvent> = {
  initialState: noParameter,
  decide,
  evolve,
};
