import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiProduces, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ageing } from '#history/questions/ageing';
import type { AsOf } from '#history/as-of/as-of';
import { difference, DIFFERENCE_DIMENSIONS } from '#history/questions/difference';
import { explainAny } from '#history/questions/explain-account';
import { MEASURES } from '#history/questions/measures';
import {
  isAboutPast,
  NO_DAY_LIMIT,
  type AsOfRequest,
  type Reflects,
} from '#history/as-of/as-of-request';
import { statement } from '#history/questions/statement';
import { presentAgeing } from '#presentation/questions/ageing';
import { presentDifference } from '#presentation/questions/difference';
import { presentExplanation } from '#presentation/questions/explanation';
import { FIGURES, findFigure } from '#presentation/questions/figure-names';
import { statementCsv, presentStatement } from '#presentation/questions/statement';
import { dayNumber } from '#ledger/calendar';
import type { QueryContext } from '#application/queries/query-context';
import { faulty } from '../problems/problem.ts';
import { QueryResponder } from './query-responder.ts';
import { found, notFound } from './found.ts';
import { ApiPointQueries } from './point-queries.ts';
import { present, readQuery } from './query-parameters.ts';
import { ApiScopeQueries, readScope, requireKnown, SCOPE_PARAMETERS } from './scope-parameters.ts';

const MOST = 1_000;
const CSV = 'text/csv; charset=utf-8';

/** What auditors ask of figures: why they are what they are, what changed, how long money has lain. */
@ApiTags('inquiries')
@ApiBearerAuth()
@ApiPointQueries()
@Controller('api/v1')
export class FiguresController {
  constructor(private readonly answers: QueryResponder) {}

  @Get('explanations/:figure')
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
    const { scope, page } = readQuery(request.query, known, (read) => ({
      scope: { ...readScope(read), ...present({ untilMonth: read.text('untilMonth') }) },
      page: {
        skip: read.wholeNumber('skip') ?? 0,
        limit: Math.min(read.wholeNumber('limit') ?? 100, MOST),
      },
    }));
    return this.answers.answer(request, reply, [], async ({ store, historicalReads, within }) => {
      const history = await historicalReads.history();
      requireKnown(history.dimensions, scope);
      const explanation = await explainAny(history, store, within, figure, scope);
      return { scope, ...(await presentExplanation(history, store, within, explanation, page)) };
    });
  }

  @Get('differences')
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
      limit: Math.min(read.wholeNumber('limit') ?? 50, MOST),
    }));
    return this.answers.answer(request, reply, [], async ({ store, historicalReads, within }) => {
      const { scope, by, measure, limit } = question;
      const history = await historicalReads.history();
      requireKnown(history.dimensions, scope);
      const from = await earlierPoint(historicalReads, question.from);
      const lines = difference(history, from.asOf, within, { measure, by, scope });
      return {
        from: from.reflects,
        by,
        measure,
        ...(await presentDifference(store, lines, limit)),
      };
    });
  }

  @Get('statements/:placeId')
  @ApiProduces('application/json', 'text/csv')
  @ApiQuery({ name: 'from', required: false, description: '从哪个业务日期起' })
  @ApiQuery({ name: 'format', required: false, enum: ['json', 'csv'] })
  statement(
    @Param('placeId') placeId: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    const { from, format } = readQuery(request.query, ['from', 'format'], (read) => ({
      from: read.text('from') === undefined ? undefined : read.date('from'),
      format: read.oneOf('format', ['json', 'csv'] as const),
    }));
    const fromDay = from === undefined ? 0 : dayNumber(from);
    const tell = async ({ store, historicalReads, within }: QueryContext) => {
      const history = await historicalReads.history();
      const place = found(history.dimensions.placeNumber(placeId), '地点', 'place');
      const book = statement(history, place, { fromDay, asOf: within });
      return presentStatement(history, store, within, book);
    };
    if (format !== 'csv') return this.answers.answer(request, reply, [], tell);
    return this.answers.answerText(CSV, request, reply, async (context) =>
      statementCsv(await tell(context)),
    );
  }

  @Get('ageing')
  @ApiScopeQueries()
  @ApiQuery({ name: 'on', required: false, description: '账龄算到哪一天' })
  ageing(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const { scope, on } = readQuery(request.query, [...SCOPE_PARAMETERS, 'on'], (read) => ({
      scope: readScope(read),
      on: read.date('on', read.text('asOf')),
    }));
    return this.answers.answer(request, reply, [], async ({ historicalReads, within }) => {
      const history = await historicalReads.history();
      requireKnown(history.dimensions, scope);
      const ages = ageing(history, within, dayNumber(on), scope);
      return { on, ...presentAgeing(history, within, ages) };
    });
  }
}

/** The beginning of the ledger when no earlier point is named. */
const earlierPoint = async (
  historicalReads: QueryContext['historicalReads'],
  question: AsOfRequest,
): Promise<{ readonly asOf: AsOf; readonly reflects: Reflects }> => {
  if (!isAboutPast(question)) {
    return { asOf: { position: 0, day: NO_DAY_LIMIT }, reflects: { position: 0 } };
  }
  const found = await historicalReads.point(question);
  if (found.kind === 'point') return found.point;
  throw faulty(
    found.faults.map(({ field, zh, en }) => ({
      pointer: `from${field.charAt(0).toUpperCase()}${field.slice(1)}`,
      detail: zh,
      detailEn: en,
    })),
  );
};

const unknownFigure = (name: string) =>
  notFound(
    'figure',
    `没有指标“${name}”;有:${FIGURES.join('、')}。`,
    `There is no figure “${name}”: ${FIGURES.join(', ')}.`,
  );
