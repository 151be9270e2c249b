import type { EventStore } from '#event-store/port';
import type { AsOf } from '../as-of/as-of.ts';
import {
  explain,
  summed,
  type Contribution,
  type Explanation,
  type Figure,
  type UnpostedFigure,
} from './explain.ts';
import { fundEvents } from './fund-events.ts';
import type { History } from '../postings/history.ts';
import { scopeAt, type Scope } from './scope.ts';

const isUnpostedFigure = (figure: Figure): figure is UnpostedFigure =>
  figure === 'reservedFen' || figure === 'refusals';

/** The events that make any figure of any view. Of an unposted one, each allocation's stream is read. */
export const explainAny = async (
  history: Pick<History, 'dimensions' | 'postings'>,
  store: EventStore,
  asOf: AsOf,
  figure: Figure,
  scope: Scope = {},
): Promise<Explanation> => {
  if (!isUnpostedFigure(figure)) return explain(history, asOf, figure, scope);
  const inScope = scopeAt(history.dimensions, asOf, scope);
  const contributions: Contribution[] = [];
  for (const [allocation, { allocationId }] of history.dimensions.allocations.entries()) {
    if (!inScope.allocation(allocation)) continue;
    const effects = await effectsOf(store, allocationId, asOf, figure);
    contributions.push(...effects.map((effect) => ({ ...effect, allocation })));
  }
  return summed(figure, contributions);
};

/** A request reserves its amount until it is rejected or paid. */
const effectsOf = async (
  store: EventStore,
  allocationId: string,
  asOf: AsOf,
  figure: UnpostedFigure,
): Promise<readonly Omit<Contribution, 'allocation'>[]> => {
  const reserved = new Map<string, number>();
  const effects: Omit<Contribution, 'allocation'>[] = [];
  for (const event of await fundEvents(store, allocationId, asOf)) {
    const position = Number(event.position);
    const add = (effect: number): void => void effects.push({ position, effect });
    if (event.type === 'DisbursementRefused' && figure === 'refusals') add(1);
    if (figure === 'refusals') continue;
    if (event.type === 'DisbursementRequested') {
      const amountFen = Number(event.data.amountFen);
      reserved.set(event.data.requestId, amountFen);
      add(amountFen);
    } else if (event.type === 'DisbursementRejected') {
      add(-(reserved.get(event.data.requestId) ?? 0));
    } else if (event.type === 'FundsDisbursed' && event.data.ground.kind !== 'statement') {
      add(-Number(event.data.amountFen));
    }
  }
  return effects;
};
