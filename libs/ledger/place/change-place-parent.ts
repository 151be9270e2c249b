import type { CommandContext } from '../context.ts';
import { accept, refuse, type Decision } from '../decision.ts';
import { nameOn, parentOn } from './known-places.ts';
import { otherPlaces, refusalOfName, refusalOfParent } from './other-places.ts';
import type { ChangePlaceParent } from './place-commands.ts';
import type { PlaceEvent } from './place-events.ts';
import type { PlaceState } from './place-state.ts';

/** 改隶: a town goes to another county, a village to another town, where no other place has its name. */
export const changePlaceParent = (
  { data }: ChangePlaceParent,
  { level }: PlaceState,
  context: CommandContext,
): Decision<PlaceEvent> => {
  const { placeId, parentId } = data;
  const place = otherPlaces(context).byId.get(placeId);
  if (place === undefined || level === undefined) {
    return refuse({ code: 'place-not-registered', placeId });
  }
  if (parentOn(place) === parentId) return refuse({ code: 'parent-unchanged', placeId, parentId });
  const wrong =
    refusalOfParent({ placeId, level, parentId }, context) ??
    refusalOfName({ placeId, name: nameOn(place), parentId }, context);
  return wrong === undefined ? accept({ type: 'PlaceParentChanged', data }) : refuse(wrong);
};
