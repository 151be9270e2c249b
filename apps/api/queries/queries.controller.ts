import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  allocation,
  allocations,
  notices,
  payments,
  requests,
} from '#projections/allocation-register/query';
import type { AsOf } from '#history/as-of/as-of';
import { balancesAt } from '#history/questions/balances-at';
import { progressAt } from '#history/questions/progress-at';
import { allocationRegisterView } from '#projections/allocation-register/view';
import { announcementBoard, type BoardStatus } from '#projections/announcement-board/query';
import { announcementBoardView } from '#projections/announcement-board/view';
import { correctionsView } from '#projections/corrections/view';
import { journal } from '#projections/journal/query';
import { presentJournal } from '#presentation/questions/journal';
import { payees, places } from '#projections/place-directory/query';
import { placeDirectoryView } from '#projections/place-directory/view';
import { PROGRESS_DIMENSIONS, spendingProgress } from '#projections/spending-progress/query';
import { placeBalance, villageBalances } from '#projections/village-balance/query';
import type { Ledger } from '#wiring/ledger';
import { LEDGER } from '../tokens-of-injection.ts';
import { QueryResponder } from './query-responder.ts';
import { found } from './found.ts';
import { ApiPointQueries } from './point-queries.ts';
import { present, readQuery } from './query-parameters.ts';

const LEVELS = ['county', 'town', 'village'] as const;
const STATUSES = [
  'due',
  'missing',
  'running',
  'overdue',
  'ended',
  'withdrawn',
] as const satisfies readonly BoardStatus[];
const MOST = 1_000;

const REGISTER = [allocationRegisterView];
/** What the journal looks up: corrections, and which streams belong to a place. */
const JOURNAL = [correctionsView, placeDirectoryView, allocationRegisterView];

/** Everything the views can tell. */
@ApiTags('views')
@ApiBearerAuth()
@ApiPointQueries()
@Controller('api/v1')
export class QueriesController {
  constructor(
    private readonly answers: QueryResponder,
    @Inject(LEDGER) private readonly ledger: Ledger,
  ) {}

  @Get('balances')
  @ApiQuery({ name: 'townId', required: false })
  @ApiQuery({ name: 'level', required: false, enum: LEVELS })
  balances(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const filter = readQuery(request.query, ['townId', 'level'], (read) =>
      present({ townId: read.text('townId'), level: read.oneOf('level', LEVELS) }),
    );
    return this.answers.answer(request, reply, [], async ({ db, asOf, historicalReads }) =>
      asOf === undefined
        ? villageBalances(db, filter)
        : balancesAt(await historicalReads.history(), asOf, filter),
    );
  }

  @Get('balances/:placeId')
  balance(
    @Param('placeId') placeId: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    return this.answers.answer(request, reply, [], async ({ db, asOf, historicalReads }) => {
      const balance =
        asOf === undefined
          ? placeBalance(db, placeId)
          : balancesAt(await historicalReads.history(), asOf, { placeId }).places[0];
      return found(balance, '地点', 'place');
    });
  }

  @Get('progress')
  @ApiQuery({ name: 'by', required: false, enum: PROGRESS_DIMENSIONS })
  @ApiQuery({ name: 'fiscalYear', required: false })
  @ApiQuery({ name: 'on', required: false, description: '对照哪一天的序时进度' })
  progress(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const question = readQuery(request.query, ['by', 'fiscalYear', 'on'], (read) => ({
      by: read.oneOf('by', PROGRESS_DIMENSIONS) ?? ('town' as const),
      on: read.date('on', read.text('asOf')),
      ...present({ fiscalYear: read.wholeNumber('fiscalYear') }),
    }));
    return this.answers.answer(request, reply, [], async ({ db, asOf, historicalReads }) =>
      asOf === undefined
        ? spendingProgress(db, question)
        : progressAt(await historicalReads.history(), asOf, question),
    );
  }

  @Get('notices')
  notices(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    return this.answers.answer(request, reply, REGISTER, ({ db }) => ({ notices: notices(db) }));
  }

  @Get('allocations')
  @ApiQuery({ name: 'noticeId', required: false })
  @ApiQuery({ name: 'annex', required: false })
  @ApiQuery({ name: 'placeId', required: false })
  @ApiQuery({ name: 'fiscalYear', required: false })
  @ApiQuery({ name: 'projectType', required: false })
  @ApiQuery({ name: 'status', required: false, enum: ['open', 'closed'] })
  @ApiQuery({ name: 'after', required: false, description: '上一页给出的 next' })
  @ApiQuery({ name: 'limit', required: false })
  allocations(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const known = [
      'noticeId',
      'annex',
      'placeId',
      'fiscalYear',
      'projectType',
      'status',
      'after',
      'limit',
    ];
    const filter = readQuery(request.query, known, (read) =>
      present({
        noticeId: read.text('noticeId'),
        annex: read.text('annex'),
        placeId: read.text('placeId'),
        fiscalYear: read.wholeNumber('fiscalYear'),
        projectType: read.text('projectType'),
        status: read.oneOf('status', ['open', 'closed'] as const),
        after: read.text('after'),
        limit: Math.min(read.wholeNumber('limit') ?? 100, MOST),
      }),
    );
    return this.answers.answer(request, reply, REGISTER, ({ db }) => {
      const page = allocations(db, filter);
      if (page.next !== undefined) void reply.header('link', nextLink(request, 'after', page.next));
      return page;
    });
  }

  @Get('allocations/:allocationId')
  allocation(
    @Param('allocationId') allocationId: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    return this.answers.answer(request, reply, REGISTER, ({ db }) => ({
      ...found(allocation(db, allocationId), '资金安排', 'allocation'),
      requests: requests(db, allocationId),
      payments: payments(db, allocationId),
    }));
  }

  @Get('announcements')
  @ApiQuery({ name: 'on', required: false, description: '哪一天' })
  @ApiQuery({ name: 'placeId', required: false })
  @ApiQuery({ name: 'status', required: false, enum: STATUSES })
  announcements(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const question = readQuery(request.query, ['on', 'placeId', 'status'], (read) => ({
      on: read.date('on', read.text('asOf')),
      ...present({ placeId: read.text('placeId'), status: read.oneOf('status', STATUSES) }),
    }));
    return this.answers.answer(request, reply, [announcementBoardView], ({ db }) => ({
      on: question.on,
      entries: announcementBoard(db, question),
    }));
  }

  @Get('journal')
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
        limit: Math.min(read.wholeNumber('limit') ?? 100, MOST),
        allocationId: read.text('allocationId'),
        placeId: read.text('placeId'),
        type: read.text('type'),
      }),
    );
    return this.answers.answer(request, reply, JOURNAL, async ({ db, store, asOf }) => {
      const page = presentJournal(await journal(store, db, { ...question, ...within(asOf) }));
      if (page.next !== undefined)
        void reply.header('link', nextLink(request, 'from', `${page.next}`));
      return page;
    });
  }

  @Get('places')
  @ApiQuery({ name: 'level', required: false, enum: LEVELS })
  @ApiQuery({ name: 'parentId', required: false })
  @ApiQuery({ name: 'name', required: false })
  places(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const filter = readQuery(request.query, ['level', 'parentId', 'name'], (read) =>
      present({
        level: read.oneOf('level', LEVELS),
        parentId: read.text('parentId'),
        name: read.text('name'),
      }),
    );
    return this.answers.answer(request, reply, [placeDirectoryView], ({ db }) => ({
      places: places(db, filter),
    }));
  }

  @Get('payees')
  payees(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    return this.answers.answer(request, reply, [placeDirectoryView], ({ db }) => ({
      payees: payees(db),
    }));
  }

  @Get('views')
  views(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    return this.answers.answer(request, reply, [], () => ({ views: this.ledger.views.status() }));
  }
}

const within = (asOf: AsOf | undefined) => (asOf === undefined ? {} : { within: asOf });

const nextLink = ({ url }: FastifyRequest, parameter: string, value: string): string => {
  const [path = '', query = ''] = url.split('?');
  const parameters = new URLSearchParams(query);
  parameters.set(parameter, value);
  return `<${path}?${parameters}>; rel="next"`;
};
