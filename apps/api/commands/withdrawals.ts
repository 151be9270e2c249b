import { Inject, Injectable } from '@nestjs/common';
import { withdrawNotice, type UsedRow } from '#application/notices/withdraw-notice';
import { eventSentence } from '#presentation/event-sentence';
import type { Ledger } from '#wiring/ledger';
import { actorOf } from '../http/authenticated-request.ts';
import type { Exchange } from '../http/exchange.ts';
import { ProblemException, type Fault } from '../problems/problem.ts';
import { LEDGER } from '../tokens-of-injection.ts';
import { CommandEndpoint } from './command-endpoint.ts';
import type { Occurrence } from './dtos.ts';
import { problemOf } from './not-recorded.ts';
import { validated } from './validate.ts';
import { keyOf, revisionOf } from './write-headers.ts';

/** The withdrawal of a notice, and the take-back of a whole import. */
@Injectable()
export class Withdrawals {
  constructor(
    private readonly endpoint: CommandEndpoint,
    @Inject(LEDGER) private readonly ledger: Ledger,
  ) {}

  async withdraw<Dto extends Occurrence & { reason: string }>(
    exchange: Exchange,
    noticeId: string,
    Class: new () => Dto,
    isTakeBack: boolean,
  ) {
    const { request, reply } = exchange;
    const actor = actorOf(request);
    const key = keyOf(request);
    const { occurredOn, reason } = validated(Class, request.body);
    const asked = { entry: 'http', actor, noticeId, key, occurredOn, reason, isTakeBack } as const;
    const result = await withdrawNotice(this.ledger, { ...asked, ...revisionOf(request) });
    if (result.kind === 'in-use') throw inUse(result.rows);
    if (result.kind !== 'withdrawn') throw problemOf(result);
    const { recorded, voided, kept } = result;
    void reply
      .status(recorded.outcome === 'happened' ? 201 : 200)
      .header('etag', `"rev-${recorded.revision}"`);
    return {
      ...(await this.endpoint.receiptOf(recorded, exchange)),
      voided: voided.map(({ allocationId, annex, row }) => ({ allocationId, annex, row })),
      kept: kept.map(({ allocationId, annex, row, sentence: { zh, en } }) => ({
        ...{ allocationId, annex, row, detail: zh, detailEn: en },
      })),
    };
  }
}

const inUse = (rows: readonly UsedRow[]): ProblemException =>
  new ProblemException({
    status: 409,
    code: 'import-in-use',
    detail: `有 ${rows.length} 行在导入之外另有记账,没有作任何改动;请先冲销这些记账,或只撤回文件。`,
    detailEn: `${rows.length} rows have entries that the import did not record; nothing was changed. Take those back first, or withdraw the notice alone.`,
    errors: rows.map(faultOf),
  });

const faultOf = ({ annex, row, allocationId, others, announcementIds }: UsedRow): Fault => {
  const said = others.map((event) => ({ position: event.position, ...eventSentence(event) }));
  const shown = announcementIds.map((id) => id.slice(0, 8));
  const zh = [
    ...said.map((one) => `#${one.position} ${one.zh}`),
    ...shown.map((id) => `公示 ${id}`),
  ];
  const en = [
    ...said.map((one) => `#${one.position} ${one.en}`),
    ...shown.map((id) => `announcement ${id}`),
  ];
  return {
    pointer: `${annex}/${row}`,
    detail: `附件${annex}第${row}行(${allocationId}):${zh.join(';')}`,
    detailEn: `Annex ${annex} row ${row} (${allocationId}): ${en.join('; ')}`,
  };
};
