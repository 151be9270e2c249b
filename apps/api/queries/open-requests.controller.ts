import { Get, Req, Res } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { openRequests } from '#application/queries/open-requests';
import { readQuery } from './query-parameters.ts';
import { QueryResponder } from './query-responder.ts';
import { OperationId, QuestionController } from './question-controller.ts';

/** Requests that wait for approval or payment. */
@QuestionController('views')
export class OpenRequestsController {
  constructor(private readonly responder: QueryResponder) {}

  @Get('requests')
  @OperationId('QueriesController_openRequests')
  @ApiQuery({ name: 'on', required: false, description: '哪一天' })
  openRequests(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const question = readQuery(request.query, ['on'], (read) => ({
      on: read.date('on', read.text('asOf')),
    }));
    return this.responder.answer(request, reply, openRequests, question);
  }
}
