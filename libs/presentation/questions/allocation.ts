import type { AsOf } from '#history/as-of/as-of';
import type { StoredDimensions } from '#history/postings/dimensions';
import { placesAt } from '#history/questions/places-at';

/** An allocation as it is named beside a figure: the row of the document, and where it went. */
export interface AllocationView {
  readonly allocationId: string;
  readonly noticeId: string;
  readonly annex: string;
  readonly row: number;
  /** Names from the county down to the place it was made for, as they were within the bounds. */
  readonly place: readonly string[];
  readonly projectName: string | null;
}

/** Tells allocations by their number. */
export const allocationPresenter = (dimensions: StoredDimensions, asOf: AsOf) => {
  const at = placesAt(dimensions, asOf);
  return (number: number): AllocationView => {
    const fact = dimensions.allocations[number];
    if (fact === undefined) throw new Error(`No allocation has the number ${number}.`);
    const { allocationId, noticeId, annex, row, projectName, place } = fact;
    return { allocationId, noticeId, annex, row, projectName, place: at.path(place) };
  };
};

/** `附件3 第1行 神头镇/吉庄村`, the county's own name left out. */
export const allocationText = ({ annex, row, place }: AllocationView): string =>
  `附件${annex} 第${row}行 ${place.length > 1 ? place.slice(1).join('/') : place.join('/')}`;
