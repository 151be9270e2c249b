import type { CommandContext } from '../context.ts';
import { accept, refuse, type Decision } from '../decision.ts';
import { mergerOn } from '../mergers/known-mergers.ts';
import { placeSuccessorsOn } from './known-places.ts';
import { otherPlaces } from './other-places.ts';
import type { MergePlace } from './place-commands.ts';
import type { PlaceEvent } from './place-events.ts';
import type { PlaceState } from './place-state.ts';

/** 并入: balances follow the succession to another place of the same level, which is not merged itself. */
export const mergePlace = (
  { data }: MergePlace,
  { level }: PlaceState,
  context: CommandContext,
): Decision<PlaceEvent> => {
  const { placeId, intoPlaceId } = data;
  if (intoPlaceId === placeId) return refuse({ code: 'place-merged-into-itself', placeId });
  const places = otherPlaces(context);
  const into = places.byId.get(intoPlaceId);
  if (into === undefined) return refuse({ code: 'unknown-place', placeId: intoPlaceId });
  if (into.level !== level) return refuse({ code: 'merger-across-levels', placeId, intoPlaceId });
  const successorId = placeSuccessorsOn(places)(intoPlaceId);
  if (successorId === placeId) return refuse({ code: 'merger-in-circle', placeId, intoPlaceId });
  return mergerOn(into) === undefined
    ? accept({ type: 'PlaceMerged', data })
    : refuse({ code: 'merger-into-merged-place', intoPlaceId, successorId });
};
