import { once } from 'node:events';
import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { RecordedEvent } from '#event-store/port';
import type { Ledger } from '#wiring/ledger';
import type { Metrics } from '../operations/metrics.ts';
import { faulty } from '../problems/problem.ts';
import { LEDGER, METRICS } from '../tokens-of-injection.ts';
import { OpenStreams } from './open-streams.ts';

const EVENTS_A_READ = 200;
const BEHIND_MS = 5_000;
const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store',
  'x-accel-buffering': 'no',
} as const;

/** Every event as it is recorded, as Server-Sent Events whose id is the position in the log. */
@ApiTags('stream')
@ApiBearerAuth()
@Controller('api/v1/stream')
export class StreamController {
  constructor(
    @Inject(LEDGER) private readonly ledger: Ledger,
    @Inject(METRICS) private readonly metrics: Metrics,
    private readonly open: OpenStreams,
  ) {}

  /** Begins after `Last-Event-ID`; without one, with what is recorded next. */
  @Get()
  @ApiHeader({ name: 'Last-Event-ID', required: false })
  async follow(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const after = await this.#startAfter(request.headers['last-event-id']);
    if (request.method === 'HEAD') return void reply.headers(HEADERS).send();
    reply.hijack();
    const response = reply.raw;
    response.writeHead(200, HEADERS);
    response.write(': \n\n');
    this.metrics.streams.inc();
    const signal = this.open.add(response);
    try {
      await this.#writeFrom(after, response, signal);
    } finally {
      this.metrics.streams.dec();
      response.end();
    }
  }

  /** Reads the log itself, at the reader's pace: a commit only says that there is more. */
  async #writeFrom(after: bigint, response: NodeJS.WritableStream, signal: AbortSignal) {
    let position = after;
    while (!signal.aborted) {
      const before = position;
      for await (const event of this.ledger.log.readAll({
        from: position + 1n,
        limit: EVENTS_A_READ,
      })) {
        position = event.position;
        if (!response.write(message(event)))
          await once(response, 'drain', { signal }).catch(ignore);
        if (signal.aborted) return;
      }
      if (position === before) await this.open.nextCommit(this.ledger, position, signal, response);
    }
  }

  async #startAfter(header: string | string[] | undefined): Promise<bigint> {
    if (header === undefined) return (await this.ledger.log.head()) ?? 0n;
    if (typeof header !== 'string' || !/^\d{1,15}$/.test(header)) {
      throw unusable('Last-Event-ID 须是一个位置', 'Last-Event-ID must be a position');
    }
    if (await this.#hasReached(Number(header))) return BigInt(header);
    const head = (await this.ledger.log.head()) ?? 0n;
    throw unusable(
      `Last-Event-ID ${header} 超出日志末尾(${head}):日志可能从备份恢复过;请不带它重新开始`,
      `Last-Event-ID ${header} is beyond the end of the log (${head}), which may have been restored from a backup; begin anew without it`,
    );
  }

  /** A node may be somewhat behind the one that its reader comes from. */
  async #hasReached(position: number): Promise<boolean> {
    const { log, views } = this.ledger;
    return BigInt(position) <= ((await log.head()) ?? 0n) || views.waitFor(position, BEHIND_MS);
  }
}

const unusable = (detail: string, detailEn: string) =>
  faulty([{ pointer: 'Last-Event-ID', detail, detailEn }]);

/** CloudEvents 1.0 in JSON. */
const message = ({ id, type, stream, position, revision, data, meta }: RecordedEvent): string => {
  const event = {
    specversion: '1.0',
    id,
    source: '/mingzhang',
    type,
    subject: stream,
    time: meta['recordedAt'],
    datacontenttype: 'application/json',
    position: Number(position),
    revision: Number(revision),
    occurredon: meta['occurredOn'],
    data,
  };
  return `id: ${position}\nevent: ${type}\ndata: ${JSON.stringify(event)}\n\n`;
};

const ignore = (): void => undefined;
