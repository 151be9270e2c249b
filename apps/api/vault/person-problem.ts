import { personSentence, type PersonObstacle } from '#presentation/person-sentence';
import { faulty, ProblemException } from '../problems/problem.ts';

const ANSWERS = {
  'not-permitted': [403, 'role-may-not'],
  'not-held': [404, 'person-not-found'],
  differs: [409, 'person-differs-from-log'],
  // There was such a person, and no one can say any more who it was.
  forgotten: [410, 'person-forgotten'],
} as const;

/** Why a person's data are not shown, as a problem of HTTP; who erased them is left out. */
export const personProblem = (obstacle: PersonObstacle): ProblemException => {
  const shown = obstacle.kind === 'forgotten' ? { kind: obstacle.kind, at: obstacle.at } : obstacle;
  const { zh: detail, en: detailEn } = personSentence(shown);
  if (shown.kind === 'reason-missing' || shown.kind === 'reason-discloses') {
    return faulty([{ pointer: 'reason', detail, detailEn }]);
  }
  const [status, code] = ANSWERS[shown.kind];
  return new ProblemException({ status, code, detail, detailEn });
};
