import { announcementsPart } from './announcements-part.ts';
import { balancesPart } from './balances-part.ts';
import { html, type Html } from './html.ts';
import type { Lang, PageData, Say } from './page-data.ts';
import { STYLE } from './style.ts';
import { totalsPart } from './totals-part.ts';

/** The one page: what was issued, what arrived, what was paid, where, and what is late. No script. */
export const renderPage = (data: PageData, lang: Lang): string => {
  const say = (zh: string, en: string) => (lang === 'zh' ? zh : en);
  const page = html`<!doctype html>
    <html lang="${lang === 'zh' ? 'zh-CN' : 'en'}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <link rel="icon" href="data:," />
        <title>${say('明账 衔接资金台账', 'Mingzhang ledger of rural-revitalisation funds')}</title>
        <style>
          ${{ markup: STYLE }}
        </style>
      </head>
      <body>
        <header>
          <h1>${say('明账 · 衔接资金台账', 'Mingzhang · ledger of rural-revitalisation funds')}</h1>
          <p class="soft">
            ${say(
              `截至日志位置 ${data.position},${data.on}。金额单位:万元。`,
              `As of log position ${data.position}, ${data.on}. Amounts in 万元 (10,000 yuan).`,
            )}
          </p>
          <nav>
            <a href="/docs">${say('接口文档', 'API')}</a> ·
            <a href="${lang === 'zh' ? '/?lang=en' : '/?lang=zh'}"
              >${lang === 'zh' ? 'English' : '中文'}</a
            >
          </nav>
        </header>
        <main>
          ${totalsPart(data, say)} ${balancesPart(data, say)} ${announcementsPart(data, say)}
          ${noticesPart(data, say)}
        </main>
      </body>
    </html>`;
  return page.markup;
};

const noticesPart = ({ notices }: PageData, say: Say): Html =>
  html`<section>
    <h2>${say('资金文件', 'Notices')}</h2>
    <ul>
      ${notices.map(
        (notice) =>
          html`<li>
            ${notice.documentNumber} ${notice.title} (${notice.issuedOn}; ${say('依据', 'basis')}
            ${notice.basis})
          </li>`,
      )}
    </ul>
  </section>`;
