import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiProduces, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { findSubject } from '#history/trace/find-subject';
import { asOfOf, checkpoints, findHandle, frameAt } from '#history/questions/replay';
import { search } from '#history/trace/search';
import { presentHit, presentSearch } from '#presentation/questions/hits';
import { chainText } from '#presentation/questions/chain';
import { presentFrame } from '#presentation/questions/frame';
import { trace, usualDirection } from '#history/trace/trace';
import { dateOfDayNumber } from '#ledger/calendar';
import { allocationRegisterView } from '#projections/allocation-register/view';
import { placeDirectoryView } from '#projections/place-directory/view';
import { VIEWS } from '#projections/registry';
import { vouchersView } from '#projections/vouchers/view';
import type { QueryContext } from '#application/queries/query-context';
import { ProblemException } from '../problems/problem.ts';
import { QueryResponder } from './query-responder.ts';
import { notFound } from './found.ts';
import { ApiPointQueries } from './point-queries.ts';
import { present, readQuery } from './query-parameters.ts';

const DIRECTIONS = ['forward', 'backward'] as const;
const TEXT = 'text/plain; charset=utf-8';
const SEARCHED = [allocationRegisterView, placeDirectoryView, vouchersView];

/** What inspectors ask: where something is, which way its money went, how it looked at the time. */
@ApiTags('inquiries')
@ApiBearerAuth()
@ApiPointQueries()
@Controller('api/v1')
export class TrailsController {
  constructor(private readonly answers: QueryResponder) {}

  @Get('search')
  @ApiQuery({ name: 'q', description: '文号、地名或拼音首字母、项目、收款人、金额、凭证、编号' })
  @ApiQuery({ name: 'limit', required: false, description: '每类最多多少条' })
  search(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const { q, limit } = readQuery(request.query, ['q', 'limit'], (read) => ({
      q: read.text('q') ?? '',
      limit: Math.min(read.wholeNumber('limit') ?? 10, 200),
    }));
    return this.answers.answer(request, reply, SEARCHED, async ({ db, store }) =>
      presentSearch(await search({ db, store }, q, limit)),
    );
  }

  @Get('traces')
  @ApiProduces('application/json', 'text/plain')
  @ApiQuery({ name: 'of', description: '线索:搜索给出的 clue、文号/附件/行、地名、金额' })
  @ApiQuery({ name: 'direction', required: false, enum: DIRECTIONS })
  @ApiQuery({ name: 'breadth', required: false, description: '最多多少笔资金' })
  @ApiQuery({ name: 'depth', required: false, description: '沿调整再走几步' })
  @ApiQuery({ name: 'hops', required: false, description: '每笔资金最多多少步' })
  @ApiQuery({ name: 'format', required: false, enum: ['json', 'text'] })
  trace(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const known = ['of', 'direction', 'breadth', 'depth', 'hops', 'format'];
    const { of, format, ...options } = readQuery(request.query, known, (read) => ({
      of: read.text('of') ?? '',
      format: read.oneOf('format', ['json', 'text'] as const),
      ...present({
        direction: read.oneOf('direction', DIRECTIONS),
        breadth: read.wholeNumber('breadth'),
        depth: read.wholeNumber('depth'),
        hops: read.wholeNumber('hops'),
      }),
    }));
    const follow = async ({ db, store, within }: QueryContext) => {
      const subject = await subjectOf({ db, store }, of);
      const direction = options.direction ?? usualDirection(subject);
      const traced = await trace(store, db, subject, { ...options, direction, asOf: within });
      return { subject, ...traced };
    };
    if (format !== 'text') return this.answers.answer(request, reply, [], follow);
    return this.answers.answerText(TEXT, request, reply, async (context) =>
      (await follow(context)).chains.map(chainText).join('\n\n'),
    );
  }

  @Get('replay')
  checkpoints(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    return this.answers.answer(request, reply, [], async ({ db, historicalReads }) => ({
      checkpoints: checkpoints(await historicalReads.history(), db).map(({ day, ...named }) => ({
        ...named,
        on: dateOfDayNumber(day),
      })),
    }));
  }

  @Get('replay/:handle')
  @ApiQuery({ name: 'digest', required: false, enum: ['true'] })
  frame(@Param('handle') text: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const { digest } = readQuery(request.query, ['digest'], (read) => ({
      digest: read.oneOf('digest', ['true'] as const),
    }));
    return this.answers.answer(
      request,
      reply,
      [],
      async ({ db, store, historicalReads, within }) => {
        const history = await historicalReads.history();
        const head = within.position;
        const handle = findHandle(text, head, checkpoints(history, db));
        if (handle.kind === 'unknown') throw notFound('handle', handle.zh, handle.en);
        const frame = presentFrame(await frameAt(history, store, handle.handle));
        if (digest === undefined) return frame;
        const then = await historicalReads.views(asOfOf(handle.handle, head), VIEWS);
        return { ...frame, digests: then.digest() };
      },
    );
  }
}

const subjectOf = async (searched: Parameters<typeof findSubject>[0], text: string) => {
  const found = await findSubject(searched, text);
  if (found.kind === 'found') return found.subject;
  if (found.kind === 'unknown') {
    throw notFound('subject', `没有找到“${text}”。`, `Nothing was found for “${text}”.`);
  }
  throw new ProblemException({
    status: 409,
    code: 'ambiguous',
    detail: `“${text}”不止一项,请用其中一项的线索。`,
    detailEn: `“${text}” is ambiguous; use the clue of one of these.`,
    errors: found.hits.map(presentHit).map(({ label, detail, clue }) => ({
      pointer: 'of',
      detail: `${clue}:${label} ${detail}`,
      detailEn: `${clue}: ${label} ${detail}`,
    })),
  });
};
