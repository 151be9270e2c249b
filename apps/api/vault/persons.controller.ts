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
import type { Actor } from '#ledger/context';
import type { Ledger } from '#wiring/ledger';
import { committedTo } from '#vault/committed';
import { MOST_REASON_CHARACTERS, REVEALERS, revealPerson, type Revealed } from '#vault/reveal';
import { actorOf, type AuthenticatedRequest } from '../http/authenticated-request.ts';
import { faulty, ProblemException } from '../problems/problem.ts';
import { notFound } from '../queries/found.ts';
import { readQuery } from '../queries/query-parameters.ts';
import { LEDGER } from '../tokens-of-injection.ts';
import { forgotten } from './forgotten.ts';
import { PersonBody } from './person-body.ts';

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
    const actor = permittedToReveal(actorOf(request));
    const reason = reasonIn(request.query);
    const { current } = await committedTo(this.ledger.store, payeeId);
    const look = { payeeId, commitment: current, actor, reason };
    return shown(revealPerson(this.ledger.directory, look));
  }
}

const permittedToReveal = (actor: Actor): Actor => {
  if (REVEALERS.includes(actor.role)) return actor;
  const roles = REVEALERS.join('、');
  throw new ProblemException({
    status: 403,
    code: 'role-may-not',
    detail: `角色 ${actor.role} 不能查看个人资料;可以查看的角色是 ${roles}。`,
    detailEn: `The role ${actor.role} may not reveal persons; ${roles} may.`,
  });
};

const reasonIn = (query: unknown): string => {
  const reason = readQuery(query, ['reason'], (read) => read.text('reason'))?.trim() ?? '';
  if (reason !== '' && reason.length <= MOST_REASON_CHARACTERS) return reason;
  throw faulty([
    {
      pointer: 'reason',
      detail: `须写明事由,至多 ${MOST_REASON_CHARACTERS} 字`,
      detailEn: `A reason of at most ${MOST_REASON_CHARACTERS} characters is required`,
    },
  ]);
};

const shown = (revealed: Revealed) => {
  switch (revealed.kind) {
    case 'revealed':
      return revealed.person;
    case 'not-held':
      throw notFound('person', '没有存这个收款人的个人资料。', 'No person is kept for this payee.');
    case 'forgotten':
      throw forgotten(revealed.tombstone);
    case 'differs':
      throw new ProblemException({
        status: 409,
        code: 'person-differs-from-log',
        detail: '保险库所存与台账中的摘要不符,不予出示。',
        detailEn: 'What the vault holds is not what the log committed to; it is not shown.',
      });
    case 'reason-tells':
      throw faulty([
        {
          pointer: 'reason',
          detail: '事由会长期留存,不得含其本人资料',
          detailEn: 'The reason is kept for ever and must not tell of the person itself',
        },
      ]);
  }
};
