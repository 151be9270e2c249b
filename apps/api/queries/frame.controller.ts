import { Get, Param, Req, Res } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { frame } from '#application/queries/replay';
import { readQuery } from './query-parameters.ts';
import { QueryResponder } from './query-responder.ts';
import { OperationId, QuestionController } from './question-controller.ts';

/** The ledger at one step of a replay. */
@QuestionController('inquiries')
export class FrameController {
  constructor(private readonly responder: QueryResponder) {}

  @Get('replay/:handle')
  @OperationId('TrailsController_frame')
  @ApiQuery({ name: 'digest', required: false, enum: ['true'] })
  frame(
    @Param('handle') handle: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    const question = readQuery(request.query, ['digest'], (read) => ({
      handle,
      digest: read.oneOf('digest', ['true'] as const) !== undefined,
    }));
    return this.responder.answer(request, reply, frame, question);
  }
}
