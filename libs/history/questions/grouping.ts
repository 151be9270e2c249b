import type { AsOf } from '../as-of/as-of.ts';
import type { AllocationDimension, StoredDimensions } from '../postings/dimensions.ts';
import { placesAt, type PlacesAt } from './places-at.ts';
import { COUNTY, typeOf } from './scope.ts';

/** What money can be grouped by within the bounds. */
export type Grouping = 'place' | 'town' | 'batch' | 'level' | 'type' | 'allocation';

/** The group that an allocation is in. */
export interface Group {
  readonly key: string;
  readonly label: string;
}

/** Finds the group of an allocation as it was within the bounds: mergers and classifications count from then on. */
export const groupingAt = (
  dimensions: StoredDimensions,
  asOf: AsOf,
  by: Grouping,
  /** How a place is called. */
  nameOf: (at: PlacesAt, place: number) => string,
): ((fact: AllocationDimension) => Group) => {
  const at = placesAt(dimensions, asOf);
  const ofPlace = (place: number | undefined): Group =>
    place === undefined
      ? { key: COUNTY, label: '县级' }
      : { key: dimensions.places[place]?.placeId ?? '', label: nameOf(at, place) };
  switch (by) {
    case 'place':
      return ({ place }) => ofPlace(at.successor(place));
    case 'town':
      return ({ place }) => ofPlace(at.town(at.successor(place)));
    case 'batch':
      return ({ batch }) => ({ key: batch, label: batch });
    case 'level':
      return ({ fundingLevel }) => ({ key: fundingLevel, label: fundingLevel });
    case 'type':
      return (fact) => {
        const type = typeOf(fact, asOf);
        return { key: type ?? '', label: type ?? '未分类' };
      };
    case 'allocation':
      return ({ allocationId, annex, row, place }) => ({
        key: allocationId,
        label: `附件${annex} 第${row}行 ${ofPlace(place).label}`,
      });
  }
};
