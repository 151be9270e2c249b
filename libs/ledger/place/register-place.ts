import { accept, refuse, type Decision } from '../decision.ts';
import { divisionLevel } from '../division-code.ts';
import type { RegisterPlace } from './place-commands.ts';
import type { PlaceEvent } from './place-events.ts';
import type { PlaceState } from './place-state.ts';

/** 登记: a county without a parent, a town or village with one; a code, if given, is of the same level. */
export const registerPlace = ({ data }: RegisterPlace, place: PlaceState): Decision<PlaceEvent> => {
  const { placeId, level, divisionCode } = data;
  if (place.level !== undefined) return refuse({ code: 'place-already-registered', placeId });
  if ((level === 'county') !== (data.parentId === undefined)) {
    return refuse({ code: 'parent-missing', placeId });
  }
  if (divisionCode !== undefined && divisionLevel(divisionCode) !== level) {
    return refuse({ code: 'division-code-of-other-level', divisionCode });
  }
  return accept({ type: 'PlaceRegistered', data });
};
