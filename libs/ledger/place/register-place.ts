import type { CommandContext } from '../context.ts';
import { accept, refuse, type Decision } from '../decision.ts';
import { divisionLevel } from '../division-code.ts';
import { recordedName, refusalOfName, refusalOfParent } from './other-places.ts';
import type { RegisterPlace } from './place-commands.ts';
import type { PlaceEvent } from './place-events.ts';
import type { PlaceState } from './place-state.ts';

/**
 * 登记: a county without a parent, a town under a county, a village under a town; a code, if given, is
 * of the same level, and no other place under the parent has the name.
 */
export const registerPlace = (
  { data }: RegisterPlace,
  place: PlaceState,
  context: CommandContext,
): Decision<PlaceEvent> => {
  const { placeId, level, parentId, divisionCode } = data;
  if (place.level !== undefined) return refuse({ code: 'place-already-registered', placeId });
  const name = recordedName(data.name);
  if (name === undefined) return refuse({ code: 'place-name-blank', placeId });
  if ((level === 'county') !== (parentId === undefined)) {
    return refuse({ code: 'parent-missing', placeId });
  }
  if (divisionCode !== undefined && divisionLevel(divisionCode) !== level) {
    return refuse({ code: 'division-code-of-other-level', divisionCode });
  }
  const wrong =
    (parentId === undefined ? undefined : refusalOfParent({ placeId, level, parentId }, context)) ??
    refusalOfName({ placeId, name, parentId }, context);
  return wrong === undefined
    ? accept({ type: 'PlaceRegistered', data: { ...data, name } })
    : refuse(wrong);
};
