import { Controller, Get, Header, Inject, Param, Req } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiForbiddenResponse,
  ApiGoneResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiQuery,
  ApiTags,
} from '@nestjs/swagger';
import type { Ledger } from '#wiring/ledger';
import { committedTo } from '#vault/committed';
import type { Person } from '#vault/person';
import { personRequest } from '#vault/person-request';
import { REVEALERS, revealPerson, type Revealed } from '#vault/reveal';
import { actorOf, type AuthenticatedRequest } from '../http/authenticated-request.ts';
import { readQuery } from '../queries/query-parameters.ts';
import { LEDGER } from '../tokens-of-injection.ts';
import { PersonBody } from './person-body.ts';
import { personProblem } from './person-problem.ts';

/** Who is behind a commitment: for those who have a reason, and every look is noted. */
@ApiTags('persons')
@ApiBearerAuth()
@Controller('api/v1')
export class PersonsController {
  constructor(@Inject(LEDGER) private readonly ledger: Ledger) {}

  @Get('payees/:payeeId/person')
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: '查看个人资料,逐次留痕 reveal a person; every look is noted' })
  @ApiQuery({ name: 'reason', description: '事由,留痕,不得含其本人资料 kept with the look' })
  @ApiOkResponse({ type: PersonBody })
  @ApiForbiddenResponse({ description: `只限 ${REVEALERS.join('、')}` })
  @ApiNotFoundResponse({ description: '没有这个收款人,或没有存其资料' })
  @ApiGoneResponse({ description: '资料已抹去 forgotten' })
  async reveal(@Param('payeeId') payeeId: string, @Req() request: AuthenticatedRequest) {
    const actor = actorOf(request);
    const asked = personRequest('reveal', actor, () => reasonIn(request.query));
    if (asked.kind !== 'in-order') throw personProblem(asked);
    const { current } = await committedTo(this.ledger.store, payeeId);
    const look = { payeeId, commitment: current, actor, reason: asked.reason };
    return shown(revealPerson(this.ledger, look));
  }
}

const reasonIn = (query: unknown): string =>
  readQuery(query, ['reason'], (read) => read.text('reason')) ?? '';

const shown = (revealed: Revealed): Person => {
  if (revealed.kind === 'revealed') return revealed.person;
  throw personProblem(
    revealed.kind === 'forgotten' ? { kind: 'forgotten', ...revealed.tombstone } : revealed,
  );
};
