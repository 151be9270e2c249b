import { Get, Req, Res } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { progress } from '#application/queries/progress';
import { PROGRESS_DIMENSIONS } from '#projections/spending-progress/report';
import { present, readQuery } from './query-parameters.ts';
import { asJson, QueryResponder } from './query-responder.ts';
import { OperationId, QuestionController } from './question-controller.ts';

/** How far the money has got, held against the calendar. */
@QuestionController('views')
export class ProgressController {
  constructor(private readonly responder: QueryResponder) {}

  @Get('progress')
  @OperationId('QueriesController_progress')
  @ApiQuery({ name: 'by', required: false, enum: PROGRESS_DIMENSIONS })
  @ApiQuery({ name: 'fiscalYear', required: false })
  @ApiQuery({ name: 'on', required: false, description: '同 asOf:截至哪一天,对照那天的序时进度' })
  progress(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const question = readQuery(request.query, ['by', 'fiscalYear', 'on'], (read) => ({
      by: read.oneOf('by', PROGRESS_DIMENSIONS) ?? ('town' as const),
      on: read.dayOfEither('on', 'asOf'),
      ...present({ fiscalYear: read.wholeNumber('fiscalYear') }),
    }));
    return this.responder.answer(request, reply, progress, question, asJson, 'on');
  }
}
