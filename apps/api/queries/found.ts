import { ProblemException } from '../problems/problem.ts';

/** What was found, or a problem that says what was not. */
export const found = <Found>(value: Found | undefined, zh: string, en: string): Found => {
  if (value !== undefined) return value;
  throw notFound(en, `没有这个${zh}。`, `There is no such ${en}.`);
};

export const notFound = (what: string, detail: string, detailEn: string): ProblemException =>
  new ProblemException({ status: 404, code: `${what}-not-found`, detail, detailEn });
