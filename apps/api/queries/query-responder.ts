import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { openQuestion, type OpenedQuestion } from '#application/queries/ask';
import type { Query } from '#application/queries/query';
import type { Reflects } from '#history/as-of/as-of-request';
import type { Ledger } from '#wiring/ledger';
import { etagOf, isNoneMatch, today } from './entity-tag.ts';
import { LAG_HEADER, reportedLagMs } from '../operations/lag.ts';
import { faulty, ProblemException } from '../problems/problem.ts';
import type { TimeLimits } from '../http/time-limits.ts';
import { LEDGER, LIMITS } from '../tokens-of-injection.ts';
import { present, readQuery } from './query-parameters.ts';
import { withinTime } from './within-time.ts';
import { queryProblem } from './query-problem.ts';

/** How an answer is written into a reply. */
export interface Rendering<Answer> {
  readonly type: string;
  readonly write: (answer: Answer, reflects: Reflects) => string;
  /** A `Link` header, such as that of the next page. */
  readonly link?: (answer: Answer) => string | undefined;
}

/** One JSON object that says which position it reflects. */
export const asJson: Rendering<object> = {
  type: 'application/json; charset=utf-8',
  write: (answer, reflects) => JSON.stringify({ reflects, ...answer }),
};

interface Written {
  readonly text: string;
  readonly link: string | undefined;
}

const WAIT_MS = 5_000;
/** What an entry takes besides its texts. */
const ENTRY_BYTES = 256;
/** Cached answers have so many bytes together. */
const CACHED_BYTES = 64 * 2 ** 20;

/**
 * Replies to queries. Every answer carries the position it reflects as its ETag; what was written
 * once is cached until the views move on, or the day is over.
 */
@Injectable()
export class QueryResponder {
  #position = -1;
  #day = '';
  readonly #cached = new LRUCache<string, Written>({
    maxSize: CACHED_BYTES,
    maxEntrySize: CACHED_BYTES / 8,
    sizeCalculation: ({ text }, url) => 2 * (text.length + url.length) + ENTRY_BYTES,
  });

  constructor(
    @Inject(LEDGER) private readonly ledger: Ledger,
    @Inject(LIMITS) private readonly limits: TimeLimits,
  ) {}

  async answer<Parameters, Answer extends object>(
    request: FastifyRequest,
    reply: FastifyReply,
    query: Query<Parameters, Answer>,
    parameters: Parameters,
    rendering: Rendering<Answer> = asJson,
    /** Another name of the parameter `asOf`. */
    asOfName = 'asOf',
  ): Promise<void> {
    await this.#waitIfAsked(request);
    const position = this.ledger.views.position();
    const lagMs = reportedLagMs(this.ledger.replicationLag().lagMs);
    void reply.header(LAG_HEADER, lagMs ?? 'unknown');
    const when = { asOf: asOfIn(request, asOfName), now: { position } };
    const opened = await openQuestion(this.ledger, query, when);
    if (opened.kind === 'refused') throw queryProblem(opened.refusal);
    const etag = etagOf(opened.reflects);
    void reply.header('etag', etag);
    if (isNoneMatch(request.headers['if-none-match'], etag)) return void reply.status(304).send();
    const { text, link } =
      this.#cachedAt(position, request.url) ??
      (await this.#write(position, request.url, opened, parameters, rendering));
    if (link !== undefined) void reply.header('link', link);
    void reply.header('content-type', rendering.type).send(text);
  }

  #cachedAt(position: number, url: string): Written | undefined {
    const day = today();
    if (position !== this.#position || day !== this.#day) {
      this.#position = position;
      this.#day = day;
      this.#cached.clear();
    }
    return this.#cached.get(url);
  }

  async #write<Parameters, Answer>(
    position: number,
    url: string,
    opened: OpenedQuestion<Parameters, Answer>,
    parameters: Parameters,
    { write, link }: Rendering<Answer>,
  ): Promise<Written> {
    const asked = await withinTime(
      opened.answer(() => parameters),
      this.limits.answerMs,
    );
    if (asked.kind === 'refused') throw queryProblem(asked.refusal);
    const { answer, reflects } = asked;
    const written = { text: write(answer, reflects), link: link?.(answer) };
    const isCurrent =
      this.#position === position &&
      this.#day === today() &&
      this.ledger.views.position() === position;
    if (isCurrent) this.#cached.set(url, written);
    return written;
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

const asOfIn = ({ query }: FastifyRequest, asOfName: string) =>
  readQuery(query, undefined, (read) =>
    present({
      asOf: read.text(asOfName) ?? read.text('asOf'),
      knownAt: read.text('knownAt'),
      position: read.text('position'),
    }),
  );
