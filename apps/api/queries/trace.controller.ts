import { Get, Req, Res } from '@nestjs/common';
import { ApiProduces, ApiQuery } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Noted } from '#application/queries/noting';
import { trace, type SubjectTrace } from '#application/queries/trace';
import { openAdjustmentsSentence } from '#presentation/adjustment-sentence';
import { chainsText } from '#presentation/questions/chain';
import { present, readQuery } from './query-parameters.ts';
import { QueryResponder, type Rendering } from './query-responder.ts';
import { OperationId, QuestionController } from './question-controller.ts';

const DIRECTIONS = ['forward', 'backward'] as const;
const AS_TEXT: Rendering<SubjectTrace & Noted> = {
  type: 'text/plain; charset=utf-8',
  write: ({ chains, openAdjustments: open = [] }) =>
    open.length === 0
      ? chainsText(chains)
      : `${chainsText(chains)}\n\n${openAdjustmentsSentence(open).zh}\n`,
};

/** The way money went. */
@QuestionController('inquiries')
export class TraceController {
  constructor(private readonly responder: QueryResponder) {}

  @Get('traces')
  @OperationId('TrailsController_trace')
  @ApiProduces('application/json', 'text/plain')
  @ApiQuery({ name: 'of', description: '线索:搜索给出的 clue、文号/附件/行、地名、金额' })
  @ApiQuery({ name: 'direction', required: false, enum: DIRECTIONS })
  @ApiQuery({ name: 'breadth', required: false, description: '最多多少笔资金' })
  @ApiQuery({ name: 'depth', required: false, description: '沿调整再走几步' })
  @ApiQuery({ name: 'hops', required: false, description: '每笔资金最多多少步' })
  @ApiQuery({ name: 'format', required: false, enum: ['json', 'text'] })
  trace(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const known = ['of', 'direction', 'breadth', 'depth', 'hops', 'format'];
    const { format, ...question } = readQuery(request.query, known, (read) => ({
      of: read.text('of') ?? '',
      format: read.oneOf('format', ['json', 'text'] as const),
      ...present({
        direction: read.oneOf('direction', DIRECTIONS),
        breadth: read.wholeNumber('breadth'),
        depth: read.wholeNumber('depth'),
        hops: read.wholeNumber('hops'),
      }),
    }));
    if (format !== 'text') return this.responder.answer(request, reply, trace, question);
    return this.responder.answer(request, reply, trace, question, AS_TEXT);
  }
}
