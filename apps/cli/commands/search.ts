import type { Command } from 'commander';
import { search } from '#application/queries/search';
import { footnote } from '#presentation/footnote';
import { HIT_KINDS, type HitView } from '#presentation/questions/hits';
import { withQuestions } from '../ask.ts';
import { withAsOfOptions, type AsOfOptions } from '../options/as-of.ts';
import { readCount } from '../options/names.ts';
import { badInput } from '../session/exit-codes.ts';
import { run } from '../session/run.ts';
import type { Session } from '../session/session.ts';
import type { Terminal } from '../output/terminal.ts';

export const registerSearch = (program: Command, session: Session): void => {
  const { print, printJson } = session.terminal;
  withAsOfOptions(program.command('search <text>'), session)
    .description(
      '按文号、地名(拼音首字母)、项目、收款人、金额、凭证、编号查找 find anything by a text',
    )
    .option('--limit <n>', '每类最多多少条 at most of a kind', '10')
    .action((text: string, options: AsOfOptions & { readonly limit: string }) =>
      run(session, options.lang, () =>
        withQuestions(session, options, async (ask) => {
          const { answer, reflects } = await ask(search, () => ({
            text,
            limit: readCount(options.limit),
          }));
          const { hits, more } = answer;
          if (options.json === true) return printJson({ reflects, hits, more });
          if (hits.length === 0)
            throw badInput(`没有找到“${text}”。`, `Nothing found for “${text}”.`);
          printHits(session.terminal, hits, options.lang);
          if (more.length > 0) {
            print(`\n还有更多${more.map((kind) => HIT_KINDS[kind].zh).join('、')}:--limit`);
          }
          print(`\n追踪其中一项:mz trace <线索>;${footnote(reflects)}`);
        }),
      ),
    );
};

export const printHits = (
  { printTable }: Terminal,
  hits: readonly HitView[],
  lang: 'zh' | 'en',
): void =>
  printTable(
    [
      { title: '类别', of: ({ kind }: HitView) => HIT_KINDS[kind][lang] },
      { title: '名称', of: ({ label }) => label },
      { title: '说明', of: ({ detail, note }) => (note ? `${detail} ${note[lang]}` : detail) },
      { title: '线索', of: ({ clue }) => clue ?? '' },
    ],
    hits,
  );
