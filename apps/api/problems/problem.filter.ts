import {
  Catch,
  HttpException,
  Inject,
  Logger,
  type ArgumentsHost,
  type ExceptionFilter,
} from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { StoreUnusable } from '#event-store/store-unusable';
import type { Ledger } from '#wiring/ledger';
import { LEDGER } from '../tokens-of-injection.ts';
import { ProblemException, type Problem } from './problem.ts';

/** Turns everything that goes wrong into `application/problem+json`; no stack ever leaves the server. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  readonly #logger = new Logger('problem');

  constructor(@Inject(LEDGER) private readonly ledger: Pick<Ledger, 'outages'>) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    if (reply.sent) return;
    const problem = toProblem(error);
    if (problem.status >= 500) this.#log(error, problem);
    const { headers = {}, ...body } = problem;
    void reply
      .status(problem.status)
      .headers({ ...headers, 'content-type': 'application/problem+json; charset=utf-8' })
      .send(JSON.stringify({ type: 'about:blank', title: problem.code, ...body }));
  }

  /**
   * What was foreseen is a line; what was not comes with its stack. An outage of the cluster has a line of its
   * own when it begins, and none for each answer that it costs.
   */
  #log(error: unknown, { code, detailEn, status }: Problem): void {
    const isForeseen = error instanceof ProblemException;
    if (isForeseen && status === 503 && this.ledger.outages.outage() !== undefined) return;
    if (isForeseen) this.#logger.warn(`${code}: ${detailEn}`);
    else
      this.#logger.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
}

const toProblem = (error: unknown): Problem => {
  if (error instanceof ProblemException) return error.problem;
  // Of other faults of a store the sentence names files of this machine.
  if (error instanceof StoreUnusable && error.fault === 'newer-release') {
    return { status: 503, code: error.fault, detail: error.zh, detailEn: error.message };
  }
  const status = statusOf(error);
  return (
    COMMON[status] ?? { status: status < 500 ? status : 500, ...(status < 500 ? ODD : OWN_FAULT) }
  );
};

/** Nest says it with a method, Fastify with a field. */
const statusOf = (error: unknown): number => {
  if (error instanceof HttpException) return error.getStatus();
  const status = typeof error === 'object' && error !== null && 'statusCode' in error;
  return status ? Number(error.statusCode) : 500;
};

const ODD = {
  code: 'bad-request',
  detail: '请求不成立。',
  detailEn: 'The request makes no sense.',
};
const OWN_FAULT = {
  code: 'our-own-fault',
  detail: '系统内部出错,已记录;请稍后再试,用同一 Idempotency-Key 是安全的。',
  detailEn:
    'Something broke on our side and was logged; retrying with the same Idempotency-Key is safe.',
};

const COMMON: Readonly<Record<number, Problem>> = {
  400: {
    status: 400,
    code: 'not-json',
    detail: '请求内容不是完整的 UTF-8 JSON。',
    detailEn: 'The body is not whole JSON in UTF-8.',
  },
  404: {
    status: 404,
    code: 'no-such-address',
    detail: '没有这个地址;接口见 /docs。',
    detailEn: 'There is no such address; see /docs.',
  },
  413: {
    status: 413,
    code: 'body-too-large',
    detail: '请求内容超过 1 MB。',
    detailEn: 'The body is over 1 MB.',
  },
  415: {
    status: 415,
    code: 'not-json',
    detail: '请求内容须为 application/json。',
    detailEn: 'The body must be application/json.',
  },
  429: {
    status: 429,
    code: 'too-many-requests',
    detail: '请求太频繁,请稍后再试。',
    detailEn: 'Too many requests; try again later.',
  },
};
