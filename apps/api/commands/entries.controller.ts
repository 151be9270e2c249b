import { Controller, Inject, Param, Post } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { reversalCommand } from '#application/corrections/reversal-command';
import { toLedgerEvent } from '#event-codec/decode';
import { eventsNamed } from '#event-store/events-named';
import type { RecordedLedgerEvent } from '#ledger/ledger-events';
import { REMEDIES } from '#ledger/remedies';
import { remedySentence } from '#presentation/remedy-sentence';
import type { Ledger } from '#wiring/ledger';
import { Exchanged, type Exchange } from '../http/exchange.ts';
import { notFound } from '../problems/not-found.ts';
import { faulty, ProblemException } from '../problems/problem.ts';
import { LEDGER } from '../tokens-of-injection.ts';
import { amountOf } from './amount.ts';
import { ApiWrites } from './api-writes.ts';
import { CommandEndpoint } from './command-endpoint.ts';
import { EntryReversalBody } from './dtos.ts';
import { Withdrawals } from './withdrawals.ts';

/** Any entry by the id of its event, or by its number in the journal: one way to take it back. */
@ApiTags('entries')
@ApiWrites()
@Controller('api/v1/entries')
export class EntriesController {
  constructor(
    private readonly endpoint: CommandEndpoint,
    private readonly withdrawals: Withdrawals,
    @Inject(LEDGER) private readonly ledger: Ledger,
  ) {}

  @Post(':entry/reversal')
  @ApiOperation({ summary: '冲销一笔记账 take an entry back; the ledger finds how' })
  @ApiParam({ name: 'entry', description: '事件编号,或日志位置 id or position of the event' })
  @ApiBody({ type: EntryReversalBody })
  async reverse(@Param('entry') name: string, @Exchanged() exchange: Exchange) {
    const event = await this.#entry(name);
    const remedy = REMEDIES[event.type];
    if (remedy.kind !== 'taken-back') throw notTakenBack(event);
    if (event.type === 'NoticeIssued') {
      return this.withdrawals.withdraw(exchange, event.data.noticeId, EntryReversalBody, false);
    }
    return this.endpoint.handle(exchange, remedy.command, EntryReversalBody, (dto, ids) => {
      const { reason, amount, unit, kind, voucher, approval } = dto;
      const reversal = {
        reason,
        ...(amount === undefined ? {} : { amountFen: amountOf({ amount, unit: unit ?? '元' }) }),
        ...(kind && { kind }),
        ...(voucher && { voucher }),
        ...(approval && { approval }),
      };
      const built = reversalCommand(event, reversal, ids);
      if (built === undefined) throw notTakenBack(event);
      if (built.kind === 'faulty') {
        throw faulty(
          built.faults.map(({ field, zh, en }) => ({
            pointer: `/${field === 'amountFen' ? 'amount' : field}`,
            detail: zh,
            detailEn: en,
          })),
        );
      }
      return built.command;
    });
  }

  async #entry(name: string): Promise<RecordedLedgerEvent> {
    const [event, ...others] = await eventsNamed(this.ledger.log, name);
    if (event === undefined) {
      throw notFound('entry', `没有记账 ${name}。`, `There is no entry ${name}.`);
    }
    if (others.length === 0) return toLedgerEvent(event);
    throw new ProblemException({
      status: 409,
      code: 'entry-ambiguous',
      detail: `“${name}”不止一笔记账。`,
      detailEn: `“${name}” is more than one entry.`,
    });
  }
}

const notTakenBack = ({ type }: RecordedLedgerEvent): ProblemException => {
  const { zh, en } = remedySentence(type);
  return new ProblemException({
    status: 409,
    code: 'entry-not-reversible',
    detail: zh,
    detailEn: en,
  });
};
