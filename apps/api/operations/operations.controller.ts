import { Controller, Get, Inject, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Ledger } from '#wiring/ledger';
import { Public } from '../auth/auth.guard.ts';
import { reportedLagMs } from './lag.ts';
import { LEDGER, METRICS } from '../tokens-of-injection.ts';
import type { Metrics } from './metrics.ts';

/** How far a ready node's views may lag behind the log. */
const READY_LAG_EVENTS = 10_000;

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
   * Ready to answer: every view runs, keeps up, and has room on the disk, and the clock may date events. Otherwise it says which does not, and why. A node
   * whose cluster is away stays ready: it answers from its copy, and says how old that is.
   */
  @Get('readyz')
  @Public()
  async readiness(@Res({ passthrough: true }) reply: FastifyReply) {
    const head = Number((await this.ledger.log.head()) ?? 0n);
    const views = this.ledger.views.status();
    const halted = views.filter((view) => view.halted !== undefined);
    const late = views.filter((view) => head - view.position > READY_LAG_EVENTS);
    const { lagMs, fault } = this.ledger.replicationLag();
    const stalled = this.ledger.views.stalled();
    const clockDoubt = this.ledger.clockDoubt();
    const isWhole =
      halted.length === 0 && late.length === 0 && stalled === undefined && clockDoubt === undefined;
    const ready = isWhole && fault === undefined;
    void reply.status(ready ? 200 : 503);
    const lag = { lagMs: reportedLagMs(lagMs), ...(fault === undefined ? {} : { fault }) };
    const why = {
      ...(stalled === undefined ? {} : { stalled }),
      ...(clockDoubt === undefined ? {} : { clockDoubt }),
    };
    return { ready, head, ...lag, ...why, views };
  }

  @Get('metrics')
  async readMetrics(@Res({ passthrough: true }) reply: FastifyReply) {
    void reply.header('content-type', 'text/plain; version=0.0.4');
    return this.metrics.text();
  }
}
