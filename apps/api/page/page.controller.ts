import { Controller, Get, Inject, Query, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { announcements } from '#application/queries/announcements';
import { ask } from '#application/queries/ask';
import { balances } from '#application/queries/balances';
import { notices } from '#application/queries/notices';
import { progress } from '#application/queries/progress';
import type { Query as Question } from '#application/queries/query';
import { businessDateOf } from '#ledger/calendar';
import type { Ledger } from '#wiring/ledger';
import { Public } from '../auth/auth.guard.ts';
import { LEDGER } from '../tokens-of-injection.ts';
import type { PageData } from './page-data.ts';
import { renderPage } from './page.ts';

@ApiExcludeController()
@Controller()
export class PageController {
  constructor(@Inject(LEDGER) private readonly ledger: Ledger) {}

  @Get()
  @Public()
  async page(@Query('lang') lang: unknown, @Res() reply: FastifyReply): Promise<void> {
    const text = renderPage(await this.#read(), lang === 'en' ? 'en' : 'zh');
    await reply.header('content-type', 'text/html; charset=utf-8').send(text);
  }

  async #read(): Promise<PageData> {
    const on = businessDateOf(new Date().toISOString());
    const issued = await this.#ask(notices, {});
    const fiscalYear = issued.notices.at(-1)?.fiscalYear ?? Number(on.slice(0, 4));
    return {
      position: this.ledger.views.position(),
      on,
      balances: await this.#ask(balances, {}),
      progress: await this.#ask(progress, { by: 'town', fiscalYear, on }),
      board: (await this.#ask(announcements, { on })).entries,
      notices: issued.notices,
    };
  }

  /** The page asks about now, and only what is never refused. */
  async #ask<Parameters, Answer>(
    question: Question<Parameters, Answer>,
    parameters: Parameters,
  ): Promise<Answer> {
    const now = { position: this.ledger.views.position() };
    const asked = await ask(this.ledger, question, parameters, { asOf: {}, now });
    if (asked.kind === 'answered') return asked.answer;
    throw new Error(`The page was refused an answer: ${asked.refusal.kind}.`);
  }
}
