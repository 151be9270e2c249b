import type { BusinessDate } from '../calendar.ts';
import type { CommandOf, Decider, EventOf } from '../decision.ts';
import { accept, inFuture, refuse } from '../decision.ts';
import { divisionLevel, type DivisionCode, type DivisionLevel } from '../division-code.ts';

/** `place-<id>`: a county, town (镇/乡/街道) or village, through its names, codes and mergers. */
export type PlaceEvent =
  | EventOf<'PlaceRegistered', PlaceRegistration>
  | EventOf<'PlaceRenamed', { readonly placeId: string; readonly name: string }>
  | EventOf<'PlaceMerged', { readonly placeId: string; readonly intoPlaceId: string }>
  | EventOf<'PlaceCodeAssigned', { readonly placeId: string; readonly divisionCode: DivisionCode }>;

export interface PlaceRegistration {
  readonly placeId: string;
  readonly level: DivisionLevel;
  /** The full name with its suffix: 神头镇 and 神头街道 are two places. */
  readonly name: string;
  /** The county of a town, the town of a village; a county has none. */
  readonly parentId?: string;
  readonly divisionCode?: DivisionCode;
  readonly validFrom: BusinessDate;
}

export type PlaceCommand =
  | CommandOf<'RegisterPlace', PlaceRegistration>
  | CommandOf<'RenamePlace', { readonly placeId: string; readonly name: string }>
  | CommandOf<'MergePlace', { readonly placeId: string; readonly intoPlaceId: string }>
  | CommandOf<'AssignPlaceCode', { readonly placeId: string; readonly divisionCode: DivisionCode }>;

export interface PlaceState {
  readonly level?: DivisionLevel;
  readonly mergedInto?: string;
}

export const placeDecider: Decider<PlaceCommand, PlaceState, PlaceEvent> = {
  initialState: () => ({}),

  decide: ({ type, data }, place, context) => {
    const { placeId } = data;
    if (inFuture(context)) {
      return refuse({ code: 'business-date-in-future', occurredOn: context.occurredOn });
    }
    if (type === 'RegisterPlace') return registerPlace(data, place);
    if (place.level === undefined) return refuse({ code: 'place-not-registered', placeId });
    if (place.mergedInto !== undefined) return refuse({ code: 'place-already-merged', placeId });
    switch (type) {
      case 'RenamePlace':
        return accept({ type: 'PlaceRenamed', data });
      case 'MergePlace':
        return data.intoPlaceId === placeId
          ? refuse({ code: 'place-merged-into-itself', placeId })
          : accept({ type: 'PlaceMerged', data });
      case 'AssignPlaceCode':
        return divisionLevel(data.divisionCode) === place.level
          ? accept({ type: 'PlaceCodeAssigned', data })
          : refuse({ code: 'division-code-of-other-level', divisionCode: data.divisionCode });
    }
  },

  evolve: (place, event) => {
    switch (event.type) {
      case 'PlaceRegistered':
        return { level: event.data.level };
      case 'PlaceMerged':
        return { ...place, mergedInto: event.data.intoPlaceId };
      case 'PlaceRenamed':
      case 'PlaceCodeAssigned':
        return place;
    }
  },
};

const registerPlace = (data: PlaceRegistration, place: PlaceState) => {
  const { placeId, level, divisionCode } = data;
  if (place.level !== undefined) {
    return refuse<PlaceEvent>({ code: 'place-already-registered', placeId });
  }
  if ((level === 'county') !== (data.parentId === undefined)) {
    return refuse<PlaceEvent>({ code: 'parent-missing', placeId });
  }
  if (divisionCode !== undefined && divisionLevel(divisionCode) !== level) {
    return refuse<PlaceEvent>({ code: 'division-code-of-other-level', divisionCode });
  }
  return accept<PlaceEvent>({ type: 'PlaceRegistered', data });
};
