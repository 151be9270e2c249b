import { Get, Param, Req, Res } from '@nestjs/common';
import { ApiProduces, ApiQuery } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { statement } from '#application/queries/statement';
import { statementCsv, type StatementView } from '#presentation/questions/statement';
import { present, readQuery } from './query-parameters.ts';
import { QueryResponder, type Rendering } from './query-responder.ts';
import { OperationId, QuestionController } from './question-controller.ts';

const AS_CSV: Rendering<StatementView> = { type: 'text/csv; charset=utf-8', write: statementCsv };

/** The passbook of a place. */
@QuestionController('inquiries')
export class StatementController {
  constructor(private readonly responder: QueryResponder) {}

  @Get('statements/:placeId')
  @OperationId('FiguresController_statement')
  @ApiProduces('application/json', 'text/csv')
  @ApiQuery({ name: 'from', required: false, description: '从哪个业务日期起' })
  @ApiQuery({ name: 'format', required: false, enum: ['json', 'csv'] })
  statement(
    @Param('placeId') placeId: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    const { format, ...period } = readQuery(request.query, ['from', 'format'], (read) => ({
      ...present({ from: read.text('from') === undefined ? undefined : read.date('from') }),
      format: read.oneOf('format', ['json', 'csv'] as const),
    }));
    const question = { placeId, ...period };
    if (format !== 'csv') return this.responder.answer(request, reply, statement, question);
    return this.responder.answer(request, reply, statement, question, AS_CSV);
  }
}
