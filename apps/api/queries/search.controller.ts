import { Get, Req, Res } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { search } from '#application/queries/search';
import { readQuery } from './query-parameters.ts';
import { QueryResponder } from './query-responder.ts';
import { OperationId, QuestionController } from './question-controller.ts';

const MOST_HITS_A_KIND = 200;

/** Where a text is found. */
@QuestionController('inquiries')
export class SearchController {
  constructor(private readonly responder: QueryResponder) {}

  @Get('search')
  @OperationId('TrailsController_search')
  @ApiQuery({ name: 'q', description: '文号、地名或拼音首字母、项目、收款人、金额、凭证、编号' })
  @ApiQuery({ name: 'limit', required: false, description: '每类最多多少条' })
  search(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const question = readQuery(request.query, ['q', 'limit'], (read) => ({
      text: read.text('q') ?? '',
      limit: Math.min(read.wholeNumber('limit') ?? 10, MOST_HITS_A_KIND),
    }));
    return this.responder.answer(request, reply, search, question);
  }
}
