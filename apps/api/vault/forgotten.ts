import type { Tombstone } from '#vault/tombstone';
import { ProblemException } from '../problems/problem.ts';

/** 410: there was such a person, and nobody can say any more who it was. */
export const forgotten = ({ at }: Tombstone): ProblemException =>
  new ProblemException({
    status: 410,
    code: 'person-forgotten',
    detail: `这个人的资料已于 ${at} 抹去,无法恢复;台账和证明不变。`,
    detailEn: `The data of this person were erased at ${at} for good; the ledger and its proofs are as before.`,
  });
