import { Get, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { placeBalance } from '#application/queries/place-balance';
import { QueryResponder } from './query-responder.ts';
import { OperationId, QuestionController } from './question-controller.ts';

/** What one place has. */
@QuestionController('views')
export class PlaceBalanceController {
  constructor(private readonly responder: QueryResponder) {}

  @Get('balances/:placeId')
  @OperationId('QueriesController_balance')
  balance(
    @Param('placeId') placeId: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    return this.responder.answer(request, reply, placeBalance, { placeId });
  }
}
