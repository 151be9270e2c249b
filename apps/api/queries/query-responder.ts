import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { View } from '#projections/engine/view';
import type { Ledger } from '#wiring/ledger';
import { openQueryContext, type QueryContext } from '#application/queries/query-context';
import { faulty, ProblemException } from '../problems/problem.ts';
import { LAG_HEADER, reportedLagMs } from '../operations/lag.ts';
import { LEDGER } from '../tokens-of-injection.ts';
import { present, readQuery } from './query-parameters.ts';

/** The same position seen until another day is another answer. */
const etagOf = ({ position, asOf }: QueryContext['reflects']): string =>
  asOf === undefined ? `"pos-${position}"` : `"pos-${position}-${asOf}"`;

const JSON_TYPE = 'application/json; charset=utf-8';

const WAIT_MS = 5_000;
const KEPT_ANSWERS = 500;

/**
 * Answers to queries. Every answer says which position it reflects and carries it as its ETag; one
 * that was made once is kept as text until the views move on.
 */
@Injectable()
export class QueryResponder {
  #position = -1;
  #kept = new Map<string, string>();

  constructor(@Inject(LEDGER) private readonly ledger: Ledger) {}

  async answer(
    request: FastifyRequest,
    reply: FastifyReply,
    views: readonly View[],
    ask: (context: QueryContext) => object | Promise<object>,
  ): Promise<void> {
    return this.#answerAs(JSON_TYPE, request, reply, views, async (context) =>
      JSON.stringify({ reflects: context.reflects, ...(await ask(context)) }),
    );
  }

  /** The same as a text of another type, such as CSV; what it reflects stands in its ETag alone. */
  async answerText(
    type: string,
    request: FastifyRequest,
    reply: FastifyReply,
    ask: (context: QueryContext) => Promise<string>,
  ): Promise<void> {
    return this.#answerAs(type, request, reply, [], ask);
  }

  async #answerAs(
    type: string,
    request: FastifyRequest,
    reply: FastifyReply,
    views: readonly View[],
    write: (context: QueryContext) => Promise<string>,
  ): Promise<void> {
    await this.#waitIfAsked(request);
    const position = this.ledger.views.position();
    const lagMs = reportedLagMs(this.ledger.replicationLag().lagMs);
    void reply.header(LAG_HEADER, lagMs ?? 'unknown');
    const context = await this.#sceneOf(request, views, position);
    const etag = etagOf(context.reflects);
    void reply.header('etag', etag);
    if (request.headers['if-none-match'] === etag) return void reply.status(304).send();
    const text =
      this.#keptAt(position, request.url) ??
      (await this.#make(position, request.url, context, write));
    void reply.header('content-type', type).send(text);
  }

  #keptAt(position: number, url: string): string | undefined {
    if (position !== this.#position) {
      this.#position = position;
      this.#kept = new Map();
    }
    return this.#kept.get(url);
  }

  async #sceneOf({ query }: FastifyRequest, views: readonly View[], position: number) {
    const question = readQuery(query, undefined, (read) =>
      present({
        asOf: read.text('asOf'),
        knownAt: read.text('knownAt'),
        position: read.text('position'),
      }),
    );
    const found = await openQueryContext(this.ledger, question, views, position);
    if (found.kind === 'scene') return found.context;
    throw faulty(
      found.faults.map(({ field, zh, en }) => ({ pointer: field, detail: zh, detailEn: en })),
    );
  }

  async #make(
    position: number,
    url: string,
    context: QueryContext,
    write: (context: QueryContext) => Promise<string>,
  ): Promise<string> {
    const text = await write(context);
    const isCurrent = this.#position === position && this.ledger.views.position() === position;
    if (isCurrent && this.#kept.size < KEPT_ANSWERS) this.#kept.set(url, text);
    return text;
  }

  /** Read your own writes: `waitFor` is the position a write was answered with. */
  async #waitIfAsked({ query }: FastifyRequest): Promise<void> {
    const wanted =
      query !== null && typeof query === 'object' && 'waitFor' in query ? query.waitFor : undefined;
    if (wanted === undefined) return;
    if (typeof wanted !== 'string' || !/^\d{1,15}$/.test(wanted)) {
      const detail = 'waitFor 须是一个位置';
      throw faulty([{ pointer: 'waitFor', detail, detailEn: 'waitFor must be a position' }]);
    }
    if (await this.ledger.views.waitFor(Number(wanted), WAIT_MS)) return;
    throw new ProblemException({
      status: 503,
      code: 'not-there-yet',
      detail: `视图还没有到位置 ${wanted}。`,
      detailEn: `The views have not reached position ${wanted}.`,
      headers: { 'retry-after': '1' },
    });
  }
}
