import type { AdjustmentResult } from '#application/work/adjust';
import { ProblemException } from './problem.ts';
import { REFUSAL_STATUS } from './refusal-status.ts';

/** A document that is recorded and moved nothing: the refusal of its leg. */
export const abandonedProblem = ({
  refused,
  sentence,
}: Extract<AdjustmentResult, { readonly kind: 'abandoned' }>): ProblemException => {
  const statuses: Readonly<Record<string, number>> = REFUSAL_STATUS;
  const code = refused?.refusal ?? 'adjustment-withdrawn';
  return new ProblemException({
    status: statuses[code] ?? 409,
    code,
    detail: sentence.zh,
    detailEn: sentence.en,
  });
};
