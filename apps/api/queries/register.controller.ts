import { Get, Req, Res } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { register, type RegisterPage } from '#application/queries/register';
import { MOST_LINES } from './limits.ts';
import { nextLink } from './next-link.ts';
import { present, readQuery } from './query-parameters.ts';
import { asJson, QueryResponder, type Rendering } from './query-responder.ts';
import { OperationId, QuestionController } from './question-controller.ts';

const STATUSES = ['open', 'closed'] as const;
const PARAMETERS = [
  'noticeId',
  'annex',
  'placeId',
  'fiscalYear',
  'projectType',
  'status',
  'after',
  'limit',
];

/** Every row of money, a page at a time. */
@QuestionController('views')
export class RegisterController {
  constructor(private readonly responder: QueryResponder) {}

  @Get('allocations')
  @OperationId('QueriesController_allocations')
  @ApiQuery({ name: 'noticeId', required: false })
  @ApiQuery({ name: 'annex', required: false })
  @ApiQuery({ name: 'placeId', required: false })
  @ApiQuery({ name: 'fiscalYear', required: false })
  @ApiQuery({ name: 'projectType', required: false })
  @ApiQuery({ name: 'status', required: false, enum: STATUSES })
  @ApiQuery({ name: 'after', required: false, description: '上一页给出的 next' })
  @ApiQuery({ name: 'limit', required: false })
  allocations(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const filter = readQuery(request.query, PARAMETERS, (read) =>
      present({
        noticeId: read.text('noticeId'),
        annex: read.text('annex'),
        placeId: read.text('placeId'),
        fiscalYear: read.wholeNumber('fiscalYear'),
        projectType: read.text('projectType'),
        status: read.oneOf('status', STATUSES),
        after: read.text('after'),
        limit: Math.min(read.wholeNumber('limit') ?? 100, MOST_LINES),
      }),
    );
    const paged: Rendering<RegisterPage> = {
      ...asJson,
      link: ({ next }) => (next === undefined ? undefined : nextLink(request, 'after', next)),
    };
    return this.responder.answer(request, reply, register, filter, paged);
  }
}
