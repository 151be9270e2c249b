import { Controller, Inject, Param, Post } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiWrites } from './api-writes.ts';
import { notRecorded } from '#application/commands/command-result';
import { importPlan } from '#importers/plan/import-plan';
import type { PlanFault } from '#importers/plan/plan';
import { planImport } from '#importers/plan/plan-commands';
import { readPlanValue } from '#importers/plan/read-json';
import { place } from '#projections/place-directory/query';
import type { Ledger } from '#wiring/ledger';
import { actorOf } from '../http/authenticated-request.ts';
import { faulty, ProblemException } from '../problems/problem.ts';
import { Receipts } from '../proof/receipts.ts';
import { LEDGER } from '../tokens-of-injection.ts';
import { RejectionBody } from './dtos.ts';
import { importKeyOf, isKeyOfOther, noticesForKey } from './import-key.ts';
import { Withdrawals } from './withdrawals.ts';
import { permitted, problemOf } from './not-recorded.ts';
import { keyOf } from './write-headers.ts';
import { Exchanged, type Exchange } from '../http/exchange.ts';

@ApiTags('notices')
@ApiWrites()
@Controller('api/v1/notices')
export class NoticesController {
  constructor(
    private readonly withdrawals: Withdrawals,
    private readonly receipts: Receipts,
    @Inject(LEDGER) private readonly ledger: Ledger,
  ) {}

  /** A notice with its annexes, and an allocation for each of its lines. */
  @Post()
  @ApiOperation({ summary: '导入一份资金文件(docs/plan-format.md) import a plan' })
  @ApiBody({ schema: { type: 'object', description: 'plan.json' } })
  async issue(@Exchanged() exchange: Exchange) {
    const { request, reply } = exchange;
    const actor = permitted(actorOf(request), 'IssueNotice');
    const key = importKeyOf(this.ledger.views.db, actor.id, keyOf(request));
    const { db } = this.ledger.views;
    const known = {
      place: (id: string) => place(db, id),
      notices: noticesForKey(db, key),
      places: await this.ledger.placeRegister.upToDate(),
    };
    const planned = planImport(readPlanValue(request.body), known);
    if (planned.kind === 'faulty') throw faulty(planned.faults.map(toFault));
    if (isKeyOfOther(key, planned.value)) throw usedOtherwise();
    const { correlationId } = key;
    const outcome = await importPlan(planned.value, this.ledger, actor, { correlationId });
    switch (outcome.kind) {
      case 'imported': {
        void reply.status(outcome.recorded > 0 ? 201 : 200);
        const { noticeId } = planned.value.notice;
        const position = Number(await this.ledger.log.head());
        const { recorded, repeated } = outcome;
        const provable = await this.receipts.provable(position, exchange);
        return { noticeId, recorded, repeated, position, ...provable };
      }
      case 'conflict':
        if (key.noticeId !== undefined) throw usedOtherwise();
        throw new ProblemException({
          status: 409,
          code: 'notice-recorded-otherwise',
          detail: '台账已有此文件而内容不同,没有作任何改动。',
          detailEn: 'The ledger holds this notice with other content; nothing was changed.',
          errors: outcome.differences.map(toFault),
        });
      case 'stopped':
        throw new ProblemException({
          status: 503,
          code: 'import-stopped',
          detail: `导入停在 ${outcome.command};再次提交会接着完成。`,
          detailEn: `The import stopped at ${outcome.command}; sending it again completes it.`,
        });
    }
  }

  /** Rows of which nothing has arrived are voided; rows with money stay, and are listed. */
  @Post(':noticeId/withdrawal')
  @ApiBody({ type: RejectionBody })
  withdraw(@Param('noticeId') noticeId: string, @Exchanged() exchange: Exchange) {
    return this.withdrawals.withdraw(exchange, noticeId, RejectionBody, false);
  }

  /** All of an import or nothing: refused with the rows of which anything else was recorded. */
  @Post(':noticeId/take-back')
  @ApiOperation({ summary: '整份导入撤销 take a whole import back' })
  @ApiBody({ type: RejectionBody })
  takeBack(@Param('noticeId') noticeId: string, @Exchanged() exchange: Exchange) {
    return this.withdrawals.withdraw(exchange, noticeId, RejectionBody, true);
  }
}

const usedOtherwise = (): ProblemException =>
  problemOf(notRecorded({ kind: 'conflicting' }, 'http'));

const toFault = ({ at, zh, en }: PlanFault) => ({ pointer: at, detail: zh, detailEn: en });
