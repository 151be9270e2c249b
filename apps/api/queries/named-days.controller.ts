import { Get, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { namedDays } from '#application/queries/replay';
import { QueryResponder } from './query-responder.ts';
import { OperationId, QuestionController } from './question-controller.ts';

/** The days that a replay can be set to by name. */
@QuestionController('inquiries')
export class NamedDaysController {
  constructor(private readonly responder: QueryResponder) {}

  @Get('replay')
  @OperationId('TrailsController_checkpoints')
  namedDays(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    return this.responder.answer(request, reply, namedDays, {});
  }
}
