import type { Explanation, Figure } from '#history/questions/explain';
import type { History } from '#history/postings/history';
import { allocationPresenter, type AllocationView } from './allocation.ts';
import { withLinkedEvents, type EventSource, type EventView } from './event.ts';
import { pageOf, type PageQuestion } from './page.ts';

/** A figure and the events that make it, a page at a time; the sum is always that of all. */
export interface ExplanationView {
  readonly figure: Figure;
  readonly sum: number;
  /** How many events there are in all. */
  readonly count: number;
  readonly contributions: readonly {
    readonly effect: number;
    /** The sum of the effects up to this one. */
    readonly running: number;
    readonly allocation: AllocationView;
    readonly event: EventView;
  }[];
  /** How many to skip for the next page. */
  readonly next?: number;
}

export const presentExplanation = async (
  { dimensions }: Pick<History, 'dimensions'>,
  source: EventSource,
  { figure, sum, contributions }: Explanation,
  question: PageQuestion,
): Promise<ExplanationView> => {
  let running = 0;
  const ran = contributions.map((one) => ({ ...one, running: (running += one.effect) }));
  const { items, ...next } = pageOf(ran, question);
  const present = allocationPresenter(dimensions, source.asOf);
  const presented = (await withLinkedEvents(source, items)).map(
    ({ effect, running, allocation, event }) => ({
      effect,
      running,
      allocation: present(allocation),
      event,
    }),
  );
  return { figure, sum, count: contributions.length, contributions: presented, ...next };
};
