import { Get, Param, Req, Res } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { explainedPayments, payeePayments } from '#application/queries/payee-payments';
import { MOST_LINES } from './limits.ts';
import { present, readQuery } from './query-parameters.ts';
import { QueryResponder } from './query-responder.ts';
import { OperationId, QuestionController } from './question-controller.ts';

/** What payees were paid, and the events that make such a sum. */
@QuestionController('inquiries')
export class PayeePaymentsController {
  constructor(private readonly responder: QueryResponder) {}

  @Get('payee-payments')
  @OperationId('FiguresController_payeePayments')
  @ApiQuery({ name: 'payeeId', required: false })
  payeePayments(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const filter = readQuery(request.query, ['payeeId'], (read) =>
      present({ payeeId: read.text('payeeId') }),
    );
    return this.responder.answer(request, reply, payeePayments, filter);
  }

  @Get('payees/:payeeId/payments')
  @OperationId('FiguresController_explainedPayments')
  @ApiQuery({ name: 'skip', required: false })
  @ApiQuery({ name: 'limit', required: false })
  explainedPayments(
    @Param('payeeId') payeeId: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    const page = readQuery(request.query, ['skip', 'limit'], (read) => ({
      skip: read.wholeNumber('skip') ?? 0,
      limit: Math.min(read.wholeNumber('limit') ?? 100, MOST_LINES),
    }));
    return this.responder.answer(request, reply, explainedPayments, { payeeId, page });
  }
}
