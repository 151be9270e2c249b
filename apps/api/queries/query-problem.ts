import type { QueryRefusal } from '#history/query-refusal';
import { asOfFaultSentence } from '#presentation/as-of-fault-sentence';
import { queryRefusalSentence } from '#presentation/query-refusal-sentence';
import { presentHit } from '#presentation/questions/hits';
import { notFound } from '../problems/not-found.ts';
import { faulty, ProblemException } from '../problems/problem.ts';

/** A question without an answer as a problem of HTTP. */
export const queryProblem = (refusal: QueryRefusal): ProblemException => {
  const { zh: detail, en: detailEn } = queryRefusalSentence(refusal);
  switch (refusal.kind) {
    case 'faulty-point':
      return faulty(
        refusal.faults.map((fault) => {
          const sentence = asOfFaultSentence(fault);
          const pointer = refusal.which === 'point' ? fault.field : earlier(fault.field);
          return { pointer, detail: sentence.zh, detailEn: sentence.en };
        }),
      );
    case 'halted':
      return new ProblemException({ status: 503, code: 'view-halted', detail, detailEn });
    case 'not-found':
      return notFound(refusal.what, detail, detailEn);
    case 'unknown-handle':
      return notFound('handle', detail, detailEn);
    case 'unknown-subject':
      return notFound('subject', detail, detailEn);
    case 'ambiguous-subject': {
      const errors = refusal.hits.map(presentHit).map(({ label, detail, clue, note }) => ({
        pointer: 'of',
        detail: `${clue}:${label} ${detail}${note ? ` ${note.zh}` : ''}`,
        detailEn: `${clue}: ${label} ${detail}${note ? ` ${note.en}` : ''}`,
      }));
      return new ProblemException({ status: 409, code: 'ambiguous', detail, detailEn, errors });
    }
  }
};

/** `asOf` of the earlier point is the parameter `fromAsOf`. */
const earlier = (field: string): string => `from${field.charAt(0).toUpperCase()}${field.slice(1)}`;
