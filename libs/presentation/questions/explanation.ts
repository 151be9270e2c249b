import type { EventStore } from '#event-store/port';
import type { Bounds } from '#history/as-of/as-of';
import type { Explanation, Figure } from '#history/questions/explain';
import type { History } from '#history/postings/history';
import { allocationTeller, type ToldAllocation } from './allocation.ts';
import { withEvents, type ToldEvent } from './event.ts';
import { pageOf, type PageQuestion } from './page.ts';

/** A figure and the events that make it, a page at a time; the sum is always that of all. */
export interface ToldExplanation {
  readonly figure: Figure;
  readonly sum: number;
  /** How many events there are in all. */
  readonly count: number;
  readonly contributions: readonly {
    readonly effect: number;
    /** The sum of the effects up to this one. */
    readonly running: number;
    readonly allocation: ToldAllocation;
    readonly event: ToldEvent;
  }[];
  /** How many to skip for the next page. */
  readonly next?: number;
}

export const tellExplanation = async (
  { facts }: Pick<History, 'facts'>,
  store: EventStore,
  bounds: Bounds,
  { figure, sum, contributions }: Explanation,
  question: PageQuestion,
): Promise<ToldExplanation> => {
  let running = 0;
  const ran = contributions.map((one) => ({ ...one, running: (running += one.effect) }));
  const { items, ...next } = pageOf(ran, question);
  const tell = allocationTeller(facts, bounds);
  const told = (await withEvents(store, items)).map(({ effect, running, allocation, event }) => ({
    effect,
    running,
    allocation: tell(allocation),
    event,
  }));
  return { figure, sum, count: contributions.length, contributions: told, ...next };
};
