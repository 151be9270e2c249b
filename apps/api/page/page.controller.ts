import { Controller, Get, Inject, Query, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { businessDateOf } from '#ledger/calendar';
import { notices } from '#projections/allocation-register/query';
import { announcementBoard } from '#projections/announcement-board/query';
import { spendingProgress } from '#projections/spending-progress/query';
import { villageBalances } from '#projections/village-balance/query';
import type { Ledger } from '#wiring/ledger';
import { Public } from '../auth/auth.guard.ts';
import { LEDGER } from '../tokens-of-injection.ts';
import { renderPage } from './page.ts';

@ApiExcludeController()
@Controller()
export class PageController {
  constructor(@Inject(LEDGER) private readonly ledger: Ledger) {}

  @Get()
  @Public()
  page(@Query('lang') lang: unknown, @Res() reply: FastifyReply): void {
    const { db } = this.ledger.views;
    const on = businessDateOf(new Date().toISOString());
    const issued = notices(db);
    const fiscalYear = issued.at(-1)?.fiscalYear ?? Number(on.slice(0, 4));
    const text = renderPage(
      {
        position: this.ledger.views.position(),
        on,
        balances: villageBalances(db),
        progress: spendingProgress(db, { by: 'town', fiscalYear, on }),
        board: announcementBoard(db, { on }),
        notices: issued,
      },
      lang === 'en' ? 'en' : 'zh',
    );
    void reply.header('content-type', 'text/html; charset=utf-8').send(text);
  }
}
