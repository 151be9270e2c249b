import { Get, Req, Res } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { difference } from '#application/queries/difference';
import { DIFFERENCE_DIMENSIONS } from '#history/questions/difference';
import { MEASURES } from '#history/questions/measures';
import { MOST_LINES } from './limits.ts';
import { present, readQuery } from './query-parameters.ts';
import { QueryResponder } from './query-responder.ts';
import { OperationId, QuestionController } from './question-controller.ts';
import { ApiScopeQueries, readScope, SCOPE_PARAMETERS } from './scope-parameters.ts';

/** What changed between two points, and why. */
@QuestionController('inquiries')
export class DifferenceController {
  constructor(private readonly responder: QueryResponder) {}

  @Get('differences')
  @OperationId('FiguresController_difference')
  @ApiScopeQueries()
  @ApiQuery({ name: 'fromAsOf', required: false, description: '较早的时点:业务日期' })
  @ApiQuery({ name: 'fromKnownAt', required: false, description: '较早的时点:所知时刻' })
  @ApiQuery({ name: 'fromPosition', required: false, description: '较早的时点:日志位置' })
  @ApiQuery({ name: 'by', required: false, enum: DIFFERENCE_DIMENSIONS })
  @ApiQuery({ name: 'figure', required: false, enum: MEASURES })
  @ApiQuery({ name: 'limit', required: false, description: '每行最多多少事件 events a line' })
  difference(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const own = ['fromAsOf', 'fromKnownAt', 'fromPosition', 'by', 'figure', 'limit'];
    const question = readQuery(request.query, [...SCOPE_PARAMETERS, ...own], (read) => ({
      scope: readScope(read),
      from: present({
        asOf: read.text('fromAsOf'),
        knownAt: read.text('fromKnownAt'),
        position: read.text('fromPosition'),
      }),
      by: read.oneOf('by', DIFFERENCE_DIMENSIONS) ?? ('town' as const),
      measure: read.oneOf('figure', MEASURES) ?? ('onHandFen' as const),
      limit: Math.min(read.wholeNumber('limit') ?? 50, MOST_LINES),
    }));
    return this.responder.answer(request, reply, difference, question);
  }
}
