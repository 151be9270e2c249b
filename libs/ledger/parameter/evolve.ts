import type { ParameterEvent } from './parameter-events.ts';
import type { ParameterState } from './parameter-state.ts';

/** The state after an event: there is none to remember. */
export const evolve = (parameter: ParameterState, event: ParameterEvent): ParameterState => {
  switch (event.type) {
    case 'ParameterSet':
      return parameter;
    default:
      return event.type satisfies never;
  }
};
