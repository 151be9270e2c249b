import { forgottenSentence } from '#presentation/command-sentence';
import type { Tombstone } from '#vault/tombstone';
import { ProblemException } from '../problems/problem.ts';

/** 410: there was such a person, and nobody can say any more who it was. */
export const forgotten = ({ at }: Tombstone): ProblemException => {
  const sentence = forgottenSentence({ at });
  return new ProblemException({
    status: 410,
    code: 'person-forgotten',
    detail: sentence.zh,
    detailEn: sentence.en,
  });
};
