import { accept, refuse, type Decision } from '../decision.ts';
import { divisionLevel } from '../division-code.ts';
import type { AssignPlaceCode } from './place-commands.ts';
import type { PlaceEvent } from './place-events.ts';
import type { PlaceState } from './place-state.ts';

/** 赋区划代码: the code is of the level at which the place was registered. */
export const assignPlaceCode = (
  { data }: AssignPlaceCode,
  { level }: PlaceState,
): Decision<PlaceEvent> =>
  divisionLevel(data.divisionCode) === level
    ? accept({ type: 'PlaceCodeAssigned', data })
    : refuse({ code: 'division-code-of-other-level', divisionCode: data.divisionCode });
