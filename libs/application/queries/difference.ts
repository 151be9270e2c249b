import type { AsOf } from '#history/as-of/as-of';
import {
  isAboutPast,
  NO_DAY_LIMIT,
  type AsOfRequest,
  type Reflects,
  type ResolvedAsOf,
} from '#history/as-of/as-of-request';
import {
  difference as differenceOf,
  type DifferenceDimension,
  type DifferenceQuestion,
} from '#history/questions/difference';
import type { Measure } from '#history/questions/measures';
import type { Scope } from '#history/questions/scope';
import { presentDifference, type DifferenceView } from '#presentation/questions/difference';
import { refusalOfScope } from './known-scope.ts';
import { concernedIn, noting } from './noting.ts';
import { alike, Refused, type QueryContext } from './query.ts';

export interface DifferenceParameters {
  /** The earlier point; the beginning of the ledger where nothing is named. */
  readonly from: AsOfRequest;
  readonly by: DifferenceDimension;
  readonly measure: Measure;
  readonly scope: Scope;
  /** Events a line at most. */
  readonly limit: number;
}

export interface Difference extends DifferenceView {
  readonly from: Reflects;
  readonly by: DifferenceDimension;
  readonly measure: Measure;
}

const changes = alike(
  [],
  async (
    context,
    { from: request, by, measure, scope, limit }: DifferenceParameters,
  ): Promise<Difference | Refused> => {
    const { dimensions } = await context.historicalReads.history(context.asOf);
    const refused = refusalOfScope(dimensions, scope);
    if (refused !== undefined) return refused;
    const from = await earlierPoint(context, request);
    if (from instanceof Refused) return from;
    const question = { measure, by, scope };
    const lines = await differenceBetween(context, from.asOf, context.asOf, question, limit);
    return { from: from.reflects, by, measure, ...lines };
  },
);

/** What changed between two points, and why; with the adjustments that were open at the later one. */
export const difference = noting(changes, (_answer, { scope }) => concernedIn(scope));

/** The lines between any two points. */
export const differenceBetween = async (
  { store, historicalReads }: Pick<QueryContext, 'store' | 'historicalReads'>,
  from: AsOf,
  to: AsOf,
  question: DifferenceQuestion,
  limit: number,
): Promise<DifferenceView> => {
  const history = await historicalReads.history(to);
  return presentDifference(store, differenceOf(history, from, to, question), limit);
};

const earlierPoint = async (
  { historicalReads }: Pick<QueryContext, 'historicalReads'>,
  request: AsOfRequest,
): Promise<ResolvedAsOf | Refused> => {
  if (!isAboutPast(request)) return BEGINNING;
  const found = await historicalReads.point(request);
  if (found.kind === 'point') return found.point;
  const { faults } = found;
  return new Refused({ kind: 'faulty-point', which: 'earlier-point', faults });
};

const BEGINNING: ResolvedAsOf = {
  asOf: { position: 0, day: NO_DAY_LIMIT },
  reflects: { position: 0 },
};
