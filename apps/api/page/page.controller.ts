import { Controller, Get, Inject, Query, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { announcements } from '#application/queries/announcements';
import { ask } from '#application/queries/ask';
import { balances } from '#application/queries/balances';
import { notices } from '#application/queries/notices';
import { progress } from '#application/queries/progress';
import type { Query as Question } from '#application/queries/query';
import { businessDateOf, type BusinessDate } from '#ledger/calendar';
import type { Ledger } from '#wiring/ledger';
import { Public } from '../auth/auth.guard.ts';
import { queryProblem } from '../queries/query-problem.ts';
import { LEDGER } from '../tokens-of-injection.ts';
import type { Lang, PageData } from './page-data.ts';
import { renderPage } from './page.ts';

@ApiExcludeController()
@Controller()
export class PageController {
  /** The page in each language as it was written last. */
  readonly #written = new Map<Lang, { readonly at: string; readonly text: Promise<string> }>();

  constructor(@Inject(LEDGER) private readonly ledger: Ledger) {}

  @Get()
  @Public()
  async page(@Query('lang') lang: unknown, @Res() reply: FastifyReply): Promise<void> {
    const text = await this.#page(lang === 'en' ? 'en' : 'zh');
    await reply.header('content-type', 'text/html; charset=utf-8').send(text);
  }

  /** Anybody may ask for the page, so it is written once for each position and day. */
  #page(lang: Lang): Promise<string> {
    const on = businessDateOf(new Date().toISOString());
    const at = `${this.ledger.views.position()} ${on}`;
    const written = this.#written.get(lang);
    if (written?.at === at) return written.text;
    const text = this.#read(on).then((data) => renderPage(data, lang));
    this.#written.set(lang, { at, text });
    text.catch(() => this.#written.delete(lang));
    return text;
  }

  async #read(on: BusinessDate): Promise<PageData> {
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

  /** The page asks about now; it is refused only while views are halted. */
  async #ask<Parameters, Answer>(
    question: Question<Parameters, Answer>,
    parameters: Parameters,
  ): Promise<Answer> {
    const now = { position: this.ledger.views.position() };
    const asked = await ask(this.ledger, question, parameters, { asOf: {}, now });
    if (asked.kind === 'answered') return asked.answer;
    throw queryProblem(asked.refusal);
  }
}
