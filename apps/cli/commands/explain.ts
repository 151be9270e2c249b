import type { Command } from 'commander';
import { explain } from '#application/queries/explain';
import { linkedSentence } from '#presentation/questions/event';
import { footnote } from '#presentation/footnote';
import type { ExplanationView } from '#presentation/questions/explanation';
import { withQuestions } from '../ask.ts';
import { withAsOfOptions, type AsOfOptions } from '../options/as-of.ts';
import { allocationText } from '#presentation/questions/allocation';
import { FIGURE_NAMES } from '#presentation/questions/figure-names';
import { readCount } from '../options/names.ts';
import {
  isCount,
  readFigure,
  readScope,
  withScopeOptions,
  type ScopeOptions,
} from '../options/scope.ts';
import { wan } from '#presentation/figures';
import { run } from '../session/run.ts';
import type { Session } from '../session/session.ts';
import type { Terminal } from '../output/terminal.ts';

interface Options extends AsOfOptions, ScopeOptions {
  readonly skip: string;
  readonly limit: string;
}

export const registerExplain = (program: Command, session: Session): void => {
  const { print, printJson } = session.terminal;
  withScopeOptions(withAsOfOptions(program.command('explain <figure>'), session))
    .description('一个数由哪些事件构成 the events that make a figure')
    .option('--month <YYYY-MM>', '到这个月末 until the end of a month')
    .option('--skip <n>', '跳过多少条 how many to skip', '0')
    .option('--limit <n>', '最多多少条 at most', '100')
    .action((name: string, options: Options & { readonly month?: string }) =>
      run(session, options.lang, () =>
        withQuestions(session, options, async (ask) => {
          const { month } = options;
          const { answer, reflects } = await ask(explain, ({ db }) => ({
            figure: readFigure(name),
            scope: {
              ...readScope(db, options),
              ...(month === undefined ? {} : { untilMonth: month }),
            },
            page: { skip: readCount(options.skip, 0), limit: readCount(options.limit) },
          }));
          if (options.json === true) return printJson({ reflects, ...answer });
          printExplanation(session.terminal, answer, options.lang);
          print(footnote(reflects));
        }),
      ),
    );
};

const printExplanation = (
  { print, printTable }: Terminal,
  told: ExplanationView,
  lang: 'zh' | 'en',
): void => {
  const { figure, sum, count, contributions, next } = told;
  const shown = isCount(figure) ? String : wan;
  type Line = ExplanationView['contributions'][number];
  printTable(
    [
      { title: '位置', of: ({ event }: Line) => `${event.position}`, align: 'right' },
      { title: '业务日期', of: ({ event }) => event.occurredOn },
      { title: '事项', of: ({ event }) => linkedSentence(event)[lang] },
      { title: '资金', of: ({ allocation }) => allocationText(allocation) },
      { title: '经手', of: ({ event }) => event.actor.id },
      {
        title: '增减',
        of: ({ effect }) => `${effect > 0 ? '+' : ''}${shown(effect)}`,
        align: 'right',
      },
      { title: '累计', of: ({ running }) => shown(running), align: 'right' },
    ],
    contributions,
  );
  const unit = isCount(figure) ? '' : ' 万元';
  print(`\n${FIGURE_NAMES[figure][lang]} = ${count} 个事件之和 = ${shown(sum)}${unit}`);
  if (next !== undefined) print(`还有更多:--skip ${next}`);
};
