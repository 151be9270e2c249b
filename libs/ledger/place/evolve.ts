import type { PlaceEvent } from './place-events.ts';
import type { PlaceState } from './place-state.ts';

/** The state after an event. Names and codes are for the views: no rule reads them. */
export const evolve = (place: PlaceState, event: PlaceEvent): PlaceState => {
  switch (event.type) {
    case 'PlaceRegistered':
      return { level: event.data.level };
    case 'PlaceMerged':
      return { ...place, mergedInto: event.data.intoPlaceId };
    case 'PlaceMergerRevoked':
      return place.level === undefined ? {} : { level: place.level };
    case 'PlaceRenamed':
    case 'PlaceParentChanged':
    case 'PlaceCodeAssigned':
      return place;
    default:
      return event satisfies never;
  }
};
