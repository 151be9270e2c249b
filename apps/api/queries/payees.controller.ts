import { Get, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { payees } from '#application/queries/payees';
import { QueryResponder } from './query-responder.ts';
import { OperationId, QuestionController } from './question-controller.ts';

/** Payees; of persons, no more than the ledger has. */
@QuestionController('views')
export class PayeesController {
  constructor(private readonly responder: QueryResponder) {}

  @Get('payees')
  @OperationId('QueriesController_payees')
  payees(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    return this.responder.answer(request, reply, payees, {});
  }
}
