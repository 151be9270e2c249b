import { Get, Req, Res } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { announcements } from '#application/queries/announcements';
import type { BoardStatus } from '#projections/announcement-board/query';
import { present, readQuery } from './query-parameters.ts';
import { QueryResponder } from './query-responder.ts';
import { OperationId, QuestionController } from './question-controller.ts';

const STATUSES = [
  'due',
  'missing',
  'running',
  'overdue',
  'ended',
  'withdrawn',
] as const satisfies readonly BoardStatus[];

/** Every announcement that is owed or was made. */
@QuestionController('views')
export class AnnouncementListController {
  constructor(private readonly responder: QueryResponder) {}

  @Get('announcements')
  @OperationId('QueriesController_announcements')
  @ApiQuery({ name: 'on', required: false, description: '哪一天' })
  @ApiQuery({ name: 'placeId', required: false })
  @ApiQuery({ name: 'status', required: false, enum: STATUSES })
  announcements(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const question = readQuery(request.query, ['on', 'placeId', 'status'], (read) => ({
      on: read.date('on', read.text('asOf')),
      ...present({ placeId: read.text('placeId'), status: read.oneOf('status', STATUSES) }),
    }));
    return this.responder.answer(request, reply, announcements, question);
  }
}
