import { Get, Req, Res } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { balances } from '#application/queries/balances';
import { PLACE_LEVELS } from './place-levels.ts';
import { present, readQuery } from './query-parameters.ts';
import { QueryResponder } from './query-responder.ts';
import { OperationId, QuestionController } from './question-controller.ts';

/** What every place has. */
@QuestionController('views')
export class BalancesController {
  constructor(private readonly responder: QueryResponder) {}

  @Get('balances')
  @OperationId('QueriesController_balances')
  @ApiQuery({ name: 'townId', required: false })
  @ApiQuery({ name: 'level', required: false, enum: PLACE_LEVELS })
  balances(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const filter = readQuery(request.query, ['townId', 'level'], (read) =>
      present({ townId: read.text('townId'), level: read.oneOf('level', PLACE_LEVELS) }),
    );
    return this.responder.answer(request, reply, balances, filter);
  }
}
