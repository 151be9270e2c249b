import { Get, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { notices } from '#application/queries/notices';
import { QueryResponder } from './query-responder.ts';
import { OperationId, QuestionController } from './question-controller.ts';

/** Every document that issued money. */
@QuestionController('views')
export class NoticeListController {
  constructor(private readonly responder: QueryResponder) {}

  @Get('notices')
  @OperationId('QueriesController_notices')
  notices(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    return this.responder.answer(request, reply, notices, {});
  }
}
