import { isWithin, type AsOf } from '../as-of/as-of.ts';
import type { History } from '../postings/history.ts';
import { effectOn, type Measure } from './measures.ts';
import type { Posting } from '../postings/postings.ts';
import { scopeAt, type Scope } from './scope.ts';

/** A figure that follows from postings: money by its name, what the documents said, how many rows. */
export type PostedFigure = Measure | 'issuedFen' | 'allocations';

/** A figure that no posting changes: what open requests reserve of treasury or unit, and how often payment was refused. */
export type UnpostedFigure = 'reservedFen' | 'refusals';

/** Any figure of any view. */
export type Figure = PostedFigure | UnpostedFigure;

/** One event's part in a figure. */
export interface Contribution {
  readonly position: number;
  /** Number of the allocation, see the dimensions. */
  readonly allocation: number;
  /** In fen, or 1 for a count. Below zero for what it takes away. */
  readonly effect: number;
}

export interface Explanation {
  readonly figure: Figure;
  /** The figure itself: the sum of all contributions. */
  readonly sum: number;
  /** In the order of the log. */
  readonly contributions: readonly Contribution[];
}

/** The events that make a figure, all of them and nothing else. */
export const explain = (
  { dimensions, postings }: Pick<History, 'dimensions' | 'postings'>,
  asOf: AsOf,
  figure: PostedFigure,
  scope: Scope = {},
): Explanation => {
  const inScope = scopeAt(dimensions, asOf, scope);
  const contributions: Contribution[] = [];
  if (figure === 'allocations') {
    for (const [allocation, fact] of dimensions.allocations.entries()) {
      if (!isWithin(fact, asOf) || !inScope.allocation(allocation)) continue;
      contributions.push({ position: fact.position, allocation, effect: 1 });
      for (const at of fact.voided) {
        if (!isWithin(at, asOf)) continue;
        contributions.push({ position: at.position, allocation, effect: -1 });
      }
    }
  } else {
    // What a document says counts until it is voided.
    const issueEffect = ({ allocation, position, amountFen }: Posting): number => {
      const fact = dimensions.allocations[allocation];
      if (fact?.position === position) return amountFen;
      return fact?.voided.some((at) => at.position === position) === true ? -amountFen : 0;
    };
    const take = (posting: Posting): void => {
      const effect = figure === 'issuedFen' ? issueEffect(posting) : effectOn(figure, posting);
      if (effect === 0 || !inScope.posting(posting)) return;
      contributions.push({ position: posting.position, allocation: posting.allocation, effect });
    };
    eachOfScope({ dimensions, postings }, asOf, scope, take);
  }
  return summed(figure, contributions);
};

/** Contributions come by place or by allocation; an explanation has them in the order of the log. */
export const summed = (figure: Figure, contributions: readonly Contribution[]): Explanation => ({
  figure,
  sum: contributions.reduce((total, { effect }) => total + effect, 0),
  contributions: [...contributions].sort((left, right) => left.position - right.position),
});

/** One allocation's postings are found by its place; anything wider is looked through. */
export const eachOfScope = (
  { dimensions, postings }: Pick<History, 'dimensions' | 'postings'>,
  asOf: AsOf,
  { allocationId }: Scope,
  take: (posting: Posting) => void,
): void => {
  if (allocationId === undefined) return postings.each(asOf, take);
  const allocation = dimensions.allocationNumber(allocationId);
  const place = allocation === undefined ? undefined : dimensions.allocations[allocation]?.place;
  if (place === undefined) return;
  for (const posting of postings.ofPlace(place, asOf)) {
    if (posting.allocation === allocation) take(posting);
  }
};
