import type { CommandContext } from '../context.ts';
import { accept, refuse, type Decision } from '../decision.ts';
import { parentOn } from './known-places.ts';
import { otherPlaces, recordedName, refusalOfName } from './other-places.ts';
import type { RenamePlace } from './place-commands.ts';
import type { PlaceEvent } from './place-events.ts';

/** 更名: the id stays, earlier names remain in the log, and no other place under the parent has the name. */
export const renamePlace = (
  { data }: RenamePlace,
  context: CommandContext,
): Decision<PlaceEvent> => {
  const { placeId } = data;
  const name = recordedName(data.name);
  if (name === undefined) return refuse({ code: 'place-name-blank', placeId });
  const place = otherPlaces(context).byId.get(placeId);
  const parentId = place === undefined ? undefined : parentOn(place, context.occurredOn);
  const taken = refusalOfName({ placeId, name, parentId }, context);
  return taken === undefined
    ? accept({ type: 'PlaceRenamed', data: { ...data, name } })
    : refuse(taken);
};
