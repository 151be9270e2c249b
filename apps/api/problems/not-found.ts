import { ProblemException } from './problem.ts';

/** A 404 whose code is `<what>-not-found`. */
export const notFound = (what: string, detail: string, detailEn: string): ProblemException =>
  new ProblemException({ status: 404, code: `${what}-not-found`, detail, detailEn });
