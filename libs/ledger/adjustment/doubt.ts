import type { Fen } from '../money.ts';
import type { AdjustmentDifference, AdjustmentDoubt, AdjustmentLeg } from './adjustment-events.ts';

/**
 * Why the money of a document waits: its legs do not sum to zero, all together or, where every leg
 * states its source, by source; or more is given to treasury and unit than is taken from them, which
 * would be money on hand that never arrived. Undefined where it adds up.
 */
export const doubtOf = (legs: readonly AdjustmentLeg[]): AdjustmentDoubt | undefined => {
  const totalFen = sumOf(legs);
  if (totalFen !== 0n) return { kind: 'total', differences: [{ differenceFen: totalFen }] };
  const bySource = sourceDifferences(legs);
  if (bySource.length > 0) return { kind: 'source', differences: bySource };
  const onHandFen = sumOf(legs.filter(({ account }) => account !== 'quota'));
  if (onHandFen > 0n) return { kind: 'on-hand', differences: [{ differenceFen: onHandFen }] };
  return undefined;
};

const sourceDifferences = (legs: readonly AdjustmentLeg[]): readonly AdjustmentDifference[] => {
  if (legs.some(({ fundingSource }) => fundingSource === undefined)) return [];
  const bySource = Map.groupBy(legs, ({ fundingSource }) => fundingSource ?? '');
  return [...bySource].flatMap(([fundingSource, ofSource]) => {
    const differenceFen = sumOf(ofSource);
    return differenceFen === 0n ? [] : [{ fundingSource, differenceFen }];
  });
};

const sumOf = (legs: readonly AdjustmentLeg[]): Fen =>
  legs.reduce(
    (sum, { direction, amountFen }) =>
      direction === 'increase' ? sum + amountFen : sum - amountFen,
    0n,
  );
