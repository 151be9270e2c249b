import type { Command } from 'commander';
import { trace } from '#application/queries/trace';
import type { QueryRefusal } from '#history/query-refusal';
import { chainsText } from '#presentation/questions/chain';
import { footnote } from '#presentation/footnote';
import { presentHit } from '#presentation/questions/hits';
import { sayWhy, withQuestions } from '../ask.ts';
import { withAsOfOptions, type AsOfOptions } from '../options/as-of.ts';
import { printHits } from './search.ts';
import { readCount } from '../options/names.ts';
import { badInput } from '../session/exit-codes.ts';
import { run } from '../session/run.ts';
import type { Session } from '../session/session.ts';

interface Options extends AsOfOptions {
  readonly forward?: boolean;
  readonly backward?: boolean;
  readonly breadth: string;
  readonly depth: string;
  readonly hops: string;
}

export const registerTrace = (program: Command, session: Session): void => {
  const { print, printJson } = session.terminal;
  withAsOfOptions(program.command('trace <what>'), session)
    .description(
      '资金链条:从文件、金额、地点到收款人,或从支付、凭证回到文件 follow money both ways',
    )
    .option('--forward', '往下追:到收款人、验收、资产 down to payees, acceptance and assets')
    .option('--backward', '往上追:到文件的那一行 up to the row of the document')
    .option('--breadth <n>', '最多多少笔资金 allocations at most', '20')
    .option('--depth <n>', '沿调整再走几步 how far to follow adjustments', '1')
    .option('--hops <n>', '每笔资金最多列多少步 hops of an allocation at most', '200')
    .action((what: string, options: Options) =>
      run(session, options.lang, () =>
        withQuestions(session, options, async (ask) => {
          const question = {
            of: what,
            ...directionIn(options),
            breadth: readCount(options.breadth),
            depth: readCount(options.depth, 0),
            hops: readCount(options.hops),
          };
          const refuse = refuseSubject(session, options);
          const { answer, reflects } = await ask(trace, () => question, refuse);
          const { direction, subject, chains, more, openAdjustments } = answer;
          if (options.json === true) {
            const open = openAdjustments === undefined ? {} : { openAdjustments };
            return printJson({ reflects, direction, subject, chains, more, ...open });
          }
          print(chainsText(chains));
          if (chains.length === 0) print('在这个时点还没有资金。');
          if (more > 0) print(`\n还有 ${more} 笔资金:--breadth`);
          print(`\n${footnote(reflects)}`);
        }),
      ),
    );
};

const directionIn = ({ forward, backward }: Options) => {
  if (forward === true && backward === true) {
    throw badInput('--forward 和 --backward 只能写一个。', 'Give --forward or --backward.');
  }
  if (forward === true) return { direction: 'forward' } as const;
  return backward === true ? ({ direction: 'backward' } as const) : {};
};

/** Says how to find what the text does not name, and lists what it may mean. */
const refuseSubject =
  ({ terminal }: Session, { lang }: Options) =>
  (refusal: QueryRefusal): never => {
    if (refusal.kind === 'unknown-subject') {
      throw badInput(
        `没有找到“${refusal.text}”。用 mz search 查找。`,
        `Nothing found for “${refusal.text}”. See mz search.`,
      );
    }
    if (refusal.kind !== 'ambiguous-subject') return sayWhy(refusal);
    const hits = refusal.hits.map(presentHit);
    printHits(terminal, hits, lang);
    const clue = hits[0]?.clue ?? '';
    throw badInput(
      `“${refusal.text}”不止一项;请用上面的线索再试,例如 mz trace ${clue}`,
      `“${refusal.text}” is ambiguous; use one of the clues above, such as ${clue}`,
    );
  };
