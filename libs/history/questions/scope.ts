import { dateOfDayNumber } from '#ledger/calendar';
import { latestWithin, type Bounds } from '../as-of/as-of.ts';
import type { AllocationFact, StoredFacts } from '../postings/dimensions.ts';
import { placesAt } from '../as-of/places-at.ts';
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
export const scopeAt = (facts: StoredFacts, bounds: Bounds, scope: Scope) => {
  const at = placesAt(facts, bounds);
  const idOf = (place: number | undefined) =>
    place === undefined ? COUNTY : (facts.places[place]?.placeId ?? '');
  const given: readonly ((fact: AllocationFact) => boolean)[] = [
    ...test(scope.placeId, (fact) => idOf(at.heir(fact.place))),
    ...test(scope.townId, (fact) => idOf(at.town(at.heir(fact.place)))),
    ...test(scope.allocationId, (fact) => fact.allocationId),
    ...test(scope.noticeId, (fact) => fact.noticeId),
    ...test(scope.annex, (fact) => fact.annex),
    ...test(scope.fiscalYear, (fact) => fact.fiscalYear),
    ...test(scope.batch, (fact) => fact.batch),
    ...test(scope.fundingLevel, (fact) => fact.fundingLevel),
    ...test(scope.projectType, (fact) => typeOf(fact, bounds) ?? ''),
  ];
  const holds = (fact: AllocationFact): boolean => given.every((isMeant) => isMeant(fact));
  const inScope = facts.allocations.map(holds);
  const { untilMonth } = scope;
  return {
    allocation: (number: number): boolean => inScope[number] ?? false,
    posting: ({ allocation, day }: Posting): boolean =>
      inScope[allocation] === true &&
      (untilMonth === undefined || dateOfDayNumber(day).slice(0, 7) <= untilMonth),
  };
};

/** The type that money was of within the bounds; what it was allocated with before anything else is said. */
export const typeOf = ({ types }: AllocationFact, bounds: Bounds): string | null =>
  (latestWithin(types, bounds) ?? types[0])?.value ?? null;

const test = <Value>(wanted: Value | undefined, of: (fact: AllocationFact) => Value) =>
  wanted === undefined ? [] : [(fact: AllocationFact) => of(fact) === wanted];
