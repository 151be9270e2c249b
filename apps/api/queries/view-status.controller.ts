import { Get, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { alike } from '#application/queries/query';
import type { Ledger } from '#wiring/ledger';
import { LEDGER } from '../tokens-of-injection.ts';
import { QueryResponder } from './query-responder.ts';
import { OperationId, QuestionController } from './question-controller.ts';

/** How far each view has got. */
@QuestionController('views')
export class ViewStatusController {
  constructor(
    private readonly responder: QueryResponder,
    @Inject(LEDGER) private readonly ledger: Ledger,
  ) {}

  @Get('views')
  @OperationId('QueriesController_views')
  views(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const status = alike([], () => ({ views: this.ledger.views.status() }));
    return this.responder.answer(request, reply, status, undefined);
  }
}
