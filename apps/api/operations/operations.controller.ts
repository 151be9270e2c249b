import { Controller, Get, Inject, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Outage } from '#event-store/outage';
import type { Ledger } from '#wiring/ledger';
import { Public } from '../auth/auth.guard.ts';
import { reportedLagMs } from './lag.ts';
import { LEDGER, METRICS } from '../tokens-of-injection.ts';
import type { Metrics } from './metrics.ts';

/** How far a ready node's views may lag behind the log. */
const READY_LAG_EVENTS = 10_000;

/** How long ago a ready node was last known to hold everything, in milliseconds. */
export const READY_LAG_MS = 60_000;

@ApiTags('operations')
@Controller()
export class OperationsController {
  constructor(
    @Inject(LEDGER) private readonly ledger: Ledger,
    @Inject(METRICS) private readonly metrics: Metrics,
  ) {}

  @Get('healthz')
  @Public()
  health() {
    return { status: 'ok' };
  }

  /**
   * Ready to answer and to record: every view runs and keeps up, there is room on the disk, the clock may date
   * events, the cluster takes writes and the copy of its log is not too old. Otherwise it says which does not, and why.
   */
  @Get('readyz')
  @Public()
  async readiness(@Res({ passthrough: true }) reply: FastifyReply) {
    const { isReading, ...seen } = await this.#look();
    const unwritable = this.#unwritable();
    const ready = isReading && seen.fault === undefined && unwritable === undefined;
    void reply.status(ready ? 200 : 503);
    return { ready, ...(unwritable === undefined ? {} : { unwritable }), ...seen };
  }

  /**
   * Ready to answer questions: a node whose cluster is away answers from its copy, and says how old that is. A
   * proxy asks this.
   */
  @Get('readyz/reading')
  @Public()
  async readinessToRead(@Res({ passthrough: true }) reply: FastifyReply) {
    const { isReading, ...seen } = await this.#look();
    void reply.status(isReading ? 200 : 503);
    return { ready: isReading, ...seen };
  }

  async #look() {
    const head = Number((await this.ledger.log.head()) ?? 0n);
    const views = this.ledger.views.status();
    const halted = views.filter((view) => view.halted !== undefined);
    const late = views.filter((view) => head - view.position > READY_LAG_EVENTS);
    const { lagMs, fault } = this.ledger.replicationLag();
    const stalled = this.ledger.views.stalled();
    const clockDoubt = this.ledger.clockDoubt();
    const isReading =
      halted.length === 0 && late.length === 0 && stalled === undefined && clockDoubt === undefined;
    const lag = { lagMs: reportedLagMs(lagMs), ...(fault === undefined ? {} : { fault }) };
    const why = {
      ...(stalled === undefined ? {} : { stalled }),
      ...(clockDoubt === undefined ? {} : { clockDoubt }),
    };
    return { isReading, head, ...lag, ...why, views };
  }

  /** Why a command would not be recorded, in both languages. */
  #unwritable(): Outage | undefined {
    const { lagMs } = this.ledger.replicationLag();
    return this.ledger.outages.outage() ?? (lagMs > READY_LAG_MS ? tooOld(lagMs) : undefined);
  }

  @Get('metrics')
  async readMetrics(@Res({ passthrough: true }) reply: FastifyReply) {
    void reply.header('content-type', 'text/plain; version=0.0.4');
    return this.metrics.text();
  }
}

const tooOld = (lagMs: number): Outage => {
  const seconds = reportedLagMs(lagMs / 1_000);
  return seconds === null
    ? {
        zh: '本机的副本尚未追上集群的日志。',
        en: "This machine's copy has not caught up with the log of the cluster yet.",
      }
    : {
        zh: `本机的副本已有 ${seconds} 秒没有追上集群的日志(上限 ${READY_LAG_MS / 1_000} 秒)。`,
        en: `This machine's copy has not kept up with the log of the cluster for ${seconds} s (limit ${READY_LAG_MS / 1_000} s).`,
      };
};
