import { HttpException } from '@nestjs/common';

/** One fault of a request: where it is, and what is wrong, in both languages. */
export interface Fault {
  /** JSON pointer into the body, or the name of a header or query parameter. */
  readonly pointer: string;
  readonly detail: string;
  readonly detailEn: string;
}

/** A problem as RFC 9457 has it, with a stable code and every fault at once. */
export interface Problem {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly detailEn: string;
  readonly errors?: readonly Fault[];
  readonly headers?: Readonly<Record<string, string>>;
}

export class ProblemException extends HttpException {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.code, problem.status);
    this.problem = problem;
  }
}

export const faulty = (errors: readonly Fault[]): ProblemException =>
  new ProblemException({
    status: 422,
    code: 'faulty-request',
    detail: `请求有 ${errors.length} 处错误,没有记账。`,
    detailEn: `The request has ${errors.length} faults; nothing was recorded.`,
    errors,
  });
