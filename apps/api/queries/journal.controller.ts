import { Get, Req, Res } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { journal } from '#application/queries/journal';
import type { JournalView } from '#presentation/questions/journal';
import { MOST_LINES } from './limits.ts';
import { nextLink } from './next-link.ts';
import { present, readQuery } from './query-parameters.ts';
import { asJson, QueryResponder, type Rendering } from './query-responder.ts';
import { OperationId, QuestionController } from './question-controller.ts';

/** Events one by one, with their corrections. */
@QuestionController('views')
export class JournalController {
  constructor(private readonly responder: QueryResponder) {}

  @Get('journal')
  @OperationId('QueriesController_journal')
  @ApiQuery({ name: 'from', required: false, description: '从哪个位置起' })
  @ApiQuery({ name: 'limit', required: false })
  @ApiQuery({ name: 'allocationId', required: false })
  @ApiQuery({ name: 'placeId', required: false })
  @ApiQuery({ name: 'type', required: false })
  journal(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const known = ['from', 'limit', 'allocationId', 'placeId', 'type'];
    const question = readQuery(request.query, known, (read) =>
      present({
        from: read.wholeNumber('from'),
        limit: Math.min(read.wholeNumber('limit') ?? 100, MOST_LINES),
        allocationId: read.text('allocationId'),
        placeId: read.text('placeId'),
        type: read.text('type'),
      }),
    );
    const paged: Rendering<JournalView> = {
      ...asJson,
      link: ({ next }) => (next === undefined ? undefined : nextLink(request, 'from', `${next}`)),
    };
    return this.responder.answer(request, reply, journal, question, paged);
  }
}
