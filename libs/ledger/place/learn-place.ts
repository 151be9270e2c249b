import type { BusinessDate } from '../calendar.ts';
import { learnRevocation } from '../mergers/known-mergers.ts';
import type { KnownPlaces, Since } from './known-places.ts';
import type { PlaceEvent } from './place-events.ts';

/** An event of a place, and where it is in the log. */
export type PlacedEvent = PlaceEvent & {
  readonly id: string;
  readonly position: number;
  readonly occurredOn: BusinessDate;
};

/** Takes in one event, in the order of the log. */
export const learn = (places: KnownPlaces, event: PlacedEvent): void => {
  const { placeId } = event.data;
  const { id: eventId, occurredOn: on, position } = event;
  if (event.type === 'PlaceRegistered') {
    const { level, name, parentId } = event.data;
    const parents = parentId === undefined ? [] : [{ value: parentId, on }];
    places.byId.set(placeId, { placeId, level, names: [], parents, mergers: [] });
    learnName(places, placeId, { value: name, on });
    return;
  }
  const place = places.byId.get(placeId);
  if (place === undefined) return;
  switch (event.type) {
    case 'PlaceRenamed':
      return learnName(places, placeId, { value: event.data.name, on });
    case 'PlaceMerged': {
      const { intoPlaceId: into } = event.data;
      place.mergers.push({ eventId, from: placeId, into, on, position });
      return;
    }
    case 'PlaceMergerRevoked':
      return learnRevocation(place, event.data.reversedEventId, on);
    case 'PlaceParentChanged':
      place.parents.push({ value: event.data.parentId, on });
      return;
    case 'PlaceCodeAssigned':
      return;
    default:
      return event satisfies never;
  }
};

const learnName = ({ byId, byName }: KnownPlaces, placeId: string, name: Since<string>): void => {
  byId.get(placeId)?.names.push(name);
  byName.set(name.value, (byName.get(name.value) ?? new Set()).add(placeId));
};
