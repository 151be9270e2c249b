import { ProblemException, type Problem } from '../problems/problem.ts';

/**
 * An answer, or the problem that it takes too long. What was begun for it goes on, and is there for
 * the next to ask.
 */
export const withinTime = async <Answer>(answer: Promise<Answer>, ms: number): Promise<Answer> => {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new ProblemException(TAKES_TOO_LONG)), ms);
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
};

const TAKES_TOO_LONG: Problem = {
  status: 503,
  code: 'takes-too-long',
  detail: '这个问题现在算得太久,请过一会儿再问,或者把范围缩小。',
  detailEn: 'This question takes too long just now: ask again in a while, or ask about less.',
  headers: { 'retry-after': '10' },
};
