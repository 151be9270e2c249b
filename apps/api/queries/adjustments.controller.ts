import { Get, Param, Req, Res } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { adjustment, adjustments } from '#application/queries/adjustments';
import { present, readQuery } from './query-parameters.ts';
import { QueryResponder } from './query-responder.ts';
import { OperationId, QuestionController } from './question-controller.ts';

/** Adjustment documents and what has become of each leg. */
@QuestionController('views')
export class AdjustmentListController {
  constructor(private readonly responder: QueryResponder) {}

  @Get('adjustments')
  @OperationId('QueriesController_adjustments')
  @ApiQuery({ name: 'status', required: false, enum: ['open'] })
  adjustments(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const question = readQuery(request.query, ['status'], (read) =>
      present({ isOpen: read.oneOf('status', ['open']) === undefined ? undefined : true }),
    );
    return this.responder.answer(request, reply, adjustments, question);
  }

  @Get('adjustments/:adjustmentId')
  @OperationId('QueriesController_adjustment')
  adjustment(
    @Param('adjustmentId') adjustmentId: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    return this.responder.answer(request, reply, adjustment, { adjustmentId });
  }
}
