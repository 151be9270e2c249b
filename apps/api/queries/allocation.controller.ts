import { Get, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { allocation } from '#application/queries/allocation';
import { QueryResponder } from './query-responder.ts';
import { OperationId, QuestionController } from './question-controller.ts';

/** One row of money with its requests and payments. */
@QuestionController('views')
export class AllocationController {
  constructor(private readonly responder: QueryResponder) {}

  @Get('allocations/:allocationId')
  @OperationId('QueriesController_allocation')
  allocation(
    @Param('allocationId') allocationId: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    return this.responder.answer(request, reply, allocation, { allocationId });
  }
}
