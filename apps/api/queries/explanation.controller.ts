import { Get, Param, Req, Res } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { explain } from '#application/queries/explain';
import { FIGURES, findFigure } from '#presentation/questions/figure-names';
import { notFound } from '../problems/not-found.ts';
import { MOST_LINES } from './limits.ts';
import { present, readQuery } from './query-parameters.ts';
import { QueryResponder } from './query-responder.ts';
import { OperationId, QuestionController } from './question-controller.ts';
import { ApiScopeQueries, readScope, SCOPE_PARAMETERS } from './scope-parameters.ts';

/** The events that make a figure. */
@QuestionController('inquiries')
export class ExplanationController {
  constructor(private readonly responder: QueryResponder) {}

  @Get('explanations/:figure')
  @OperationId('FiguresController_explanation')
  @ApiScopeQueries()
  @ApiQuery({ name: 'untilMonth', required: false, description: '到这个月末 YYYY-MM' })
  @ApiQuery({ name: 'skip', required: false })
  @ApiQuery({ name: 'limit', required: false })
  explanation(
    @Param('figure') name: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    const figure = findFigure(name);
    if (figure === undefined) throw unknownFigure(name);
    const known = [...SCOPE_PARAMETERS, 'untilMonth', 'skip', 'limit'];
    const question = readQuery(request.query, known, (read) => ({
      figure,
      scope: { ...readScope(read), ...present({ untilMonth: read.text('untilMonth') }) },
      page: {
        skip: read.wholeNumber('skip') ?? 0,
        limit: Math.min(read.wholeNumber('limit') ?? 100, MOST_LINES),
      },
    }));
    return this.responder.answer(request, reply, explain, question);
  }
}

const unknownFigure = (name: string) =>
  notFound(
    'figure',
    `没有指标“${name}”;有:${FIGURES.join('、')}。`,
    `There is no figure “${name}”: ${FIGURES.join(', ')}.`,
  );
