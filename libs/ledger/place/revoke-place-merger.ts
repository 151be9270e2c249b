import type { CommandContext } from '../context.ts';
import { accept, refuse, type Decision } from '../decision.ts';
import { mergerOn } from '../mergers/known-mergers.ts';
import { nameOn, parentOn } from './known-places.ts';
import { otherPlaces, refusalOfName } from './other-places.ts';
import type { RevokePlaceMerger } from './place-commands.ts';
import type { PlaceEvent } from './place-events.ts';

/**
 * 撤销并入: the place has its own money and its villages again. Not dated before the merger, and not
 * while another place has taken the name that it would have again.
 */
export const revokePlaceMerger = (
  { data }: RevokePlaceMerger,
  context: CommandContext,
): Decision<PlaceEvent> => {
  const { placeId } = data;
  const place = otherPlaces(context).byId.get(placeId);
  const merger = place === undefined ? undefined : mergerOn(place);
  if (place === undefined || merger === undefined) {
    return refuse({ code: 'place-not-merged', placeId });
  }
  const { occurredOn } = context;
  if (occurredOn < merger.on) {
    return refuse({ code: 'revoked-before-merger', occurredOn, mergedOn: merger.on });
  }
  const asked = { placeId, name: nameOn(place), parentId: parentOn(place) };
  const taken = refusalOfName(asked, context);
  return taken === undefined
    ? accept({ type: 'PlaceMergerRevoked', data: { ...data, reversedEventId: merger.eventId } })
    : refuse(taken);
};
