import type { Decider } from '../decision.ts';
import { decide } from './decide.ts';
import { evolve } from './evolve.ts';
import type { PlaceCommand } from './place-commands.ts';
import type { PlaceEvent } from './place-events.ts';
import { noPlace, type PlaceState } from './place-state.ts';

/** `place-<id>`. */
export const placeDecider: Decider<PlaceCommand, PlaceState, PlaceEvent> = {
  initialState: noPlace,
  decide,
  evolve,
};
