import { accept, refuse, type Decision } from '../decision.ts';
import type { MergePlace } from './place-commands.ts';
import type { PlaceEvent } from './place-events.ts';

/** 并入: balances follow the succession to another place. */
export const mergePlace = ({ data }: MergePlace): Decision<PlaceEvent> =>
  data.intoPlaceId === data.placeId
    ? refuse({ code: 'place-merged-into-itself', placeId: data.placeId })
    : accept({ type: 'PlaceMerged', data });
