import { Controller, Get, Header, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiQuery,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import {
  readLogIdentity,
  type PublishedCheckpoint,
} from '#transparency-log/checkpoints/checkpoint-files';
import { proveEvent } from '#transparency-log/prove/prove-event';
import type { Signing } from '#transparency-log/sign/signing';
import type { Ledger } from '#wiring/ledger';
import { Public } from '../auth/auth.guard.ts';
import { notFound } from '../problems/not-found.ts';
import { readQuery } from '../queries/query-parameters.ts';
import { LEDGER, SIGNING } from '../tokens-of-injection.ts';
import { notSigning } from './not-signing.ts';
import { ProofBody, proofBodyOf } from './proof-body.ts';

/** What the ledger signed, and the proof of one event, for everybody to hold it to. */
@ApiTags('proof')
@Controller()
export class ProofController {
  constructor(
    @Inject(LEDGER) private readonly ledger: Ledger,
    @Inject(SIGNING) private readonly signing: Signing,
  ) {}

  /** A checkpoint tells nothing but how many events there are, so anybody may have it, and keep it. */
  @Get('checkpoint')
  @Public()
  @Header('content-type', 'text/plain; charset=utf-8')
  @ApiProduces('text/plain')
  @ApiOperation({ summary: '最近的检查点 the newest checkpoint, a C2SP signed note' })
  checkpoint(): string {
    const newest = this.signing.newest();
    if (newest !== undefined) return newest.note;
    throw notFound('checkpoint', '还没有签过名。', 'Nothing was signed yet.');
  }

  @Get('api/v1/checkpoints')
  @ApiBearerAuth()
  @ApiQuery({ name: 'from', required: false, description: '至少含多少个事件 by size, from this' })
  @ApiQuery({ name: 'limit', required: false, description: '最多多少个(默认 100) at most' })
  @ApiOperation({ summary: '签过的检查点与公钥 what was signed, and the keys' })
  checkpoints(@Req() { query }: FastifyRequest) {
    const { from, limit } = readQuery(query, ['from', 'limit'], (read) => ({
      from: read.wholeNumber('from') ?? 0,
      limit: Math.min(read.wholeNumber('limit') ?? 100, 1_000),
    }));
    const { origin, vkeys, checkpoints } = readLogIdentity(this.ledger.directory) ?? UNSIGNED;
    const wanted = checkpoints.filter(({ size }) => size >= from);
    const next = wanted[limit]?.size;
    return {
      origin,
      vkeys,
      signs: this.signing.isSigner,
      checkpoints: wanted.slice(0, limit),
      ...(next === undefined ? {} : { next }),
    };
  }

  @Post('api/v1/checkpoints')
  @HttpCode(200)
  @ApiBearerAuth()
  @ApiOperation({ summary: '对到目前为止的全部事件签名 sign everything there is' })
  async sign(): Promise<PublishedCheckpoint> {
    const head = Number((await this.ledger.log.head()) ?? 0n);
    if (head === 0) throw notFound('checkpoint', '台账还是空的。', 'The ledger is empty.');
    const checkpoint = await this.signing.reach(head);
    if (checkpoint !== undefined) return checkpoint;
    throw notSigning(this.signing);
  }

  @Get('api/v1/events/:position/proof')
  @ApiBearerAuth()
  @ApiOperation({
    summary: '一个事件在已签名日志中的证明 proof that an event is in the signed log',
  })
  @ApiOkResponse({ type: ProofBody })
  @ApiNotFoundResponse({ description: '没有这个事件,或尚未签名 no such event, or not signed yet' })
  async proof(@Param('position') position: string): Promise<ProofBody> {
    const isPosition = /^[1-9]\d{0,14}$/.test(position);
    const checkpoints = [this.signing.newest() ?? []].flat();
    const proved = isPosition
      ? await proveEvent(this.ledger, { checkpoints }, position)
      : ({ kind: 'unknown' } as const);
    switch (proved.kind) {
      case 'proved':
        return proofBodyOf(proved);
      case 'not-signed-yet':
        throw notFound(
          'proof',
          `第 ${position} 个事件还没有签名;请稍后再取,或先 POST /api/v1/checkpoints。`,
          `Event ${position} is not signed yet; ask again later, or POST /api/v1/checkpoints first.`,
        );
      default:
        throw notFound('event', `没有第 ${position} 个事件。`, `There is no event ${position}.`);
    }
  }
}

const UNSIGNED = { origin: '', vkeys: [], checkpoints: [] } as const;
