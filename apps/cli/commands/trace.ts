import type { Command } from 'commander';
import { findSubject } from '#history/trace/find-subject';
import { chainText } from '#presentation/questions/chain';
import { trace, usualDirection } from '#history/trace/trace';
import type { Subject } from '#history/trace/subject';
import { presentHit } from '#presentation/questions/hits';
import type { QueryContext } from '#application/queries/query-context';
import { printHits } from './search.ts';
import { readCount } from '../options/names.ts';
import { footnote, withAsOfOptions, withQueryContext, type AsOfOptions } from '../scene.ts';
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
        withQueryContext(session, options, [], async (scene) => {
          const { db, store, within, reflects } = scene;
          const subject = await subjectOf(session, scene, what, options);
          const direction = directionOf(subject, options);
          const { chains, more } = await trace(store, db, subject, {
            direction,
            asOf: within,
            breadth: readCount(options.breadth),
            depth: options.depth === '0' ? 0 : readCount(options.depth),
            hops: readCount(options.hops),
          });
          if (options.json === true)
            return printJson({ reflects, direction, subject, chains, more });
          print(chains.map(chainText).join('\n\n'));
          if (chains.length === 0) print('在这个时点还没有资金。');
          if (more > 0) print(`\n还有 ${more} 笔资金:--breadth`);
          print(`\n${footnote(reflects)}`);
        }),
      ),
    );
};

const directionOf = (subject: Subject, { forward, backward }: Options) => {
  if (forward === true && backward === true) {
    throw badInput('--forward 和 --backward 只能写一个。', 'Give --forward or --backward.');
  }
  if (forward === true) return 'forward';
  if (backward === true) return 'backward';
  return usualDirection(subject);
};

const subjectOf = async (
  session: Session,
  { db, store }: Pick<QueryContext, 'db' | 'store'>,
  what: string,
  { lang }: Pick<Options, 'lang'>,
): Promise<Subject> => {
  const found = await findSubject({ db, store }, what);
  if (found.kind === 'found') return found.subject;
  if (found.kind === 'unknown') {
    throw badInput(
      `没有找到“${what}”。用 mz search 查找。`,
      `Nothing found for “${what}”. See mz search.`,
    );
  }
  const hits = found.hits.map(presentHit);
  printHits(session.terminal, hits, lang);
  throw badInput(
    `“${what}”不止一项;请用上面的线索再试,例如 mz trace ${hits[0]?.clue ?? ''}`,
    `“${what}” is ambiguous; use one of the clues above, such as ${hits[0]?.clue ?? ''}`,
  );
};
