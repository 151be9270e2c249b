import { Controller, Inject, Param, Post } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Recorded } from '#application/commands/command-result';
import { adjust, type AdjustmentResult, type ReadAdjustment } from '#application/work/adjust';
import { readAdjustment } from '#importers/adjustment/read-adjustment';
import type { Ledger } from '#wiring/ledger';
import { namesIn } from '#presentation/adjustment-names';
import { actorOf } from '../http/authenticated-request.ts';
import { Exchanged, type Exchange } from '../http/exchange.ts';
import { abandonedProblem } from '../problems/abandoned-problem.ts';
import { faulty } from '../problems/problem.ts';
import { Receipts, type Provable } from '../proof/receipts.ts';
import { LEDGER } from '../tokens-of-injection.ts';
import { AdjustmentDocumentBody } from './adjustment-body.ts';
import { amountOf } from './amount.ts';
import { ApiWrites } from './api-writes.ts';
import { CommandEndpoint, type Receipt } from './command-endpoint.ts';
import { AdjustmentBody, RejectionBody } from './dtos.ts';
import { problemOf } from './not-recorded.ts';
import { validated } from './validate.ts';
import { keyOf, revisionOf } from './write-headers.ts';

type Settled = Extract<AdjustmentResult, { readonly kind: 'adjusted' | 'waiting' }>;

/** What a document is answered with: whether its money moved, or waits and why. */
interface AdjustmentReceipt extends Provable {
  readonly adjustmentId: string;
  readonly outcome: 'happened' | 'repeated';
  readonly status: 'completed' | 'waiting';
  readonly position: number;
  readonly doubt?: { readonly zh: string; readonly en: string };
  readonly legs: readonly Receipt[];
}

/** Money that a document takes from some allocations and gives to others: all of it, or none. */
@ApiTags('allocations')
@ApiWrites()
@Controller('api/v1')
export class AdjustmentsController {
  constructor(
    @Inject(LEDGER) private readonly ledger: Ledger,
    private readonly endpoint: CommandEndpoint,
    private readonly receipts: Receipts,
  ) {}

  /** A document of any number of legs. One that does not add up is recorded, and its money waits. */
  @Post('adjustments')
  @ApiOperation({
    summary: '登记一份调整文件并照办 record an adjustment document and carry it out',
  })
  @ApiBody({ type: AdjustmentDocumentBody })
  async approve(@Exchanged() exchange: Exchange): Promise<AdjustmentReceipt> {
    const settled = await this.#adjust(exchange, () => {
      const key = keyOf(exchange.request);
      const { db } = this.ledger.views;
      const read = readAdjustment(exchange.request.body, namesIn(db));
      if (read.kind === 'faulty') {
        const faults = read.faults.map(({ at, zh, en }) => ({
          pointer: at,
          detail: zh,
          detailEn: en,
        }));
        throw faulty(faults);
      }
      const { occurredOn, ...document } = read.value;
      const build: ReadAdjustment['build'] = ({ idFor }) => ({
        adjustmentId: idFor('adjustment'),
        ...document,
      });
      return { key, occurredOn, build };
    });
    const { approved } = settled;
    const legs = settled.kind === 'adjusted' ? settled.legs : [];
    const position = legs.at(-1)?.position ?? approved.position;
    return {
      adjustmentId: approved.ids['adjustmentId'] ?? '',
      outcome: approved.outcome,
      status: settled.kind === 'adjusted' ? 'completed' : 'waiting',
      position,
      ...(settled.kind === 'waiting' ? { doubt: settled.sentence } : {}),
      legs: await this.#receiptsOf(legs, exchange),
      ...(await this.receipts.provable(position, exchange)),
    };
  }

  /** A document of two legs: this allocation loses what its counterpart gains. */
  @Post('allocations/:allocationId/adjustments')
  @ApiBody({ type: AdjustmentBody })
  async adjust(
    @Param('allocationId') allocationId: string,
    @Exchanged() exchange: Exchange,
  ): Promise<readonly Receipt[]> {
    const settled = await this.#adjust(exchange, () => {
      const { request } = exchange;
      const key = keyOf(request);
      const dto = validated(AdjustmentBody, request.body);
      const { occurredOn, counterpartAllocationId, approval } = dto;
      const leg = { amountFen: amountOf(dto), account: 'quota' } as const;
      const { ifRevision } = revisionOf(request);
      return {
        key,
        occurredOn,
        ...(ifRevision === undefined
          ? {}
          : { ifAt: { stream: `fund-${allocationId}`, revision: ifRevision } }),
        build: ({ idFor }) => ({
          adjustmentId: idFor('adjustment'),
          approval,
          decidedOn: occurredOn,
          legs: [
            { ...leg, ordinal: 1, allocationId, direction: 'decrease' },
            { ...leg, ordinal: 2, allocationId: counterpartAllocationId, direction: 'increase' },
          ],
        }),
      };
    });
    const legs = settled.kind === 'adjusted' ? settled.legs : [];
    void exchange.reply.header('etag', `"rev-${legs.at(-1)?.revision}"`);
    return this.#receiptsOf(legs, exchange);
  }

  /** Takes back a document whose money waits. */
  @Post('adjustments/:adjustmentId/withdrawal')
  @ApiBody({ type: RejectionBody })
  withdraw(@Param('adjustmentId') adjustmentId: string, @Exchanged() exchange: Exchange) {
    return this.endpoint.handle(exchange, 'WithdrawAdjustment', RejectionBody, ({ reason }) => ({
      type: 'WithdrawAdjustment',
      data: { adjustmentId, reason },
    }));
  }

  async #adjust({ request, reply }: Exchange, read: () => ReadAdjustment): Promise<Settled> {
    const result = await adjust(this.ledger, { entry: 'http', actor: actorOf(request), read });
    switch (result.kind) {
      case 'abandoned':
        throw abandonedProblem(result);
      case 'adjusted':
      case 'waiting':
        void reply.status(result.approved.outcome === 'happened' ? 201 : 200);
        return result;
      default:
        throw problemOf(result);
    }
  }

  #receiptsOf(legs: readonly Recorded[], exchange: Exchange) {
    return Promise.all(
      legs.map(async ({ outcome, stream, revision, position, ids }): Promise<Receipt> => ({
        ...{ outcome, stream, revision, position, ids },
        ...(await this.receipts.provable(position, exchange)),
      })),
    );
  }
}
