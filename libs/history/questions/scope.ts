import { dateOfDayNumber } from '#ledger/calendar';
import { latestWithin, type AsOf } from '../as-of/as-of.ts';
import type { AllocationDimension, StoredDimensions } from '../postings/dimensions.ts';
import { placesAt } from './places-at.ts';
import type { Posting } from '../postings/postings.ts';

/** What a figure is a figure of: every field that is given narrows it. No field: the whole ledger. */
export interface Scope {
  readonly placeId?: string;
  /** A town with its villages; `county` for money of the county itself. */
  readonly townId?: string;
  readonly allocationId?: string;
  readonly noticeId?: string;
  readonly annex?: string;
  readonly fiscalYear?: number;
  readonly batch?: string;
  readonly fundingLevel?: string;
  /** Empty for money that nobody has classified. */
  readonly projectType?: string;
  /** `YYYY-MM`: what had happened by its end, as months of a report tell it. */
  readonly untilMonth?: string;
}

/** Money of the county itself, in reports by town. */
export const COUNTY = 'county';

/** How postings are told apart by their subject within the bounds. */
export const scopeAt = (dimensions: StoredDimensions, asOf: AsOf, scope: Scope) => {
  const at = placesAt(dimensions, asOf);
  const idOf = (place: number | undefined) =>
    place === undefined ? COUNTY : (dimensions.places[place]?.placeId ?? '');
  const given: readonly ((fact: AllocationDimension) => boolean)[] = [
    ...test(scope.placeId, (fact) => idOf(at.successor(fact.place))),
    ...test(scope.townId, (fact) => idOf(at.town(at.successor(fact.place)))),
    ...test(scope.allocationId, (fact) => fact.allocationId),
    ...test(scope.noticeId, (fact) => fact.noticeId),
    ...test(scope.annex, (fact) => fact.annex),
    ...test(scope.fiscalYear, (fact) => fact.fiscalYear),
    ...test(scope.batch, (fact) => fact.batch),
    ...test(scope.fundingLevel, (fact) => fact.fundingLevel),
    ...test(scope.projectType, (fact) => typeOf(fact, asOf) ?? ''),
  ];
  const holds = (fact: AllocationDimension): boolean => given.every((isMeant) => isMeant(fact));
  const inScope = dimensions.allocations.map(holds);
  const { untilMonth } = scope;
  return {
    allocation: (number: number): boolean => inScope[number] ?? false,
    posting: ({ allocation, day }: Posting): boolean =>
      inScope[allocation] === true &&
      (untilMonth === undefined || dateOfDayNumber(day).slice(0, 7) <= untilMonth),
  };
};

/** The type that money was of within the bounds; what it was allocated with before anything else is said. */
export const typeOf = ({ types }: AllocationDimension, asOf: AsOf): string | null =>
  (latestWithin(types, asOf) ?? types[0])?.value ?? null;

const test = <Value>(wanted: Value | undefined, of: (fact: AllocationDimension) => Value) =>
  wanted === undefined ? [] : [(fact: AllocationDimension) => of(fact) === wanted];
