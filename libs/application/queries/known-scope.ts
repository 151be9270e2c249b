import type { Dimensions } from '#history/postings/dimensions';
import { COUNTY, type Scope } from '#history/questions/scope';
import { Refused } from './query.ts';

/** Refuses a scope that names a place, an allocation or a notice that the ledger does not have. */
export const refusalOfScope = (
  dimensions: Dimensions,
  { placeId, townId, allocationId, noticeId }: Scope,
): Refused | undefined => {
  const isPlace = (id: string) => dimensions.placeNumber(id) !== undefined;
  if (placeId !== undefined && !isPlace(placeId)) return missing('place');
  if (townId !== undefined && townId !== COUNTY && !isPlace(townId)) return missing('place');
  if (allocationId !== undefined && dimensions.allocationNumber(allocationId) === undefined) {
    return missing('allocation');
  }
  if (noticeId !== undefined && !dimensions.allocations.some((row) => row.noticeId === noticeId)) {
    return missing('notice');
  }
  return undefined;
};

const missing = (what: 'place' | 'allocation' | 'notice'): Refused =>
  new Refused({ kind: 'not-found', what });
