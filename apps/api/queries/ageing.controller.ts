import { Get, Req, Res } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ageing } from '#application/queries/ageing';
import { readQuery } from './query-parameters.ts';
import { QueryResponder } from './query-responder.ts';
import { OperationId, QuestionController } from './question-controller.ts';
import { ApiScopeQueries, readScope, SCOPE_PARAMETERS } from './scope-parameters.ts';

/** How long money that arrived has been unspent. */
@QuestionController('inquiries')
export class AgeingController {
  constructor(private readonly responder: QueryResponder) {}

  @Get('ageing')
  @OperationId('FiguresController_ageing')
  @ApiScopeQueries()
  @ApiQuery({ name: 'on', required: false, description: '账龄算到哪一天' })
  ageing(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const question = readQuery(request.query, [...SCOPE_PARAMETERS, 'on'], (read) => ({
      scope: readScope(read),
      on: read.date('on', read.text('asOf')),
    }));
    return this.responder.answer(request, reply, ageing, question);
  }
}
