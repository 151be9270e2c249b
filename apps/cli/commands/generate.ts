import type { Command } from 'commander';
import type { Ledger } from '#wiring/ledger';
import { generateInto } from '#importers/synthetic/generate-into';
import { withCommonOptions, type CommonOptions } from '../session/common-options.ts';
import { progressBar } from '../output/progress-bar.ts';
import { CommandFault, EXIT, badInput } from '../session/exit-codes.ts';
import { acceptClock } from '#wiring/accepted-clock';
import { withLedger } from '../session/open-ledger.ts';
import { run } from '../session/run.ts';
import type { Session } from '../session/session.ts';

interface Options extends CommonOptions {
  readonly villages: string;
  readonly years: string;
  readonly seed: string;
}

export const registerGenerate = (program: Command, session: Session): void => {
  withCommonOptions(program.command('generate'), session)
    .description('生成可重现的合成县或省 generate a reproducible synthetic county or province')
    .option('--villages <n>', '村数', '300')
    .option('--years <n>', '年数', '3')
    .option('--seed <n>', '种子', '1')
    .action((options: Options) =>
      run(session, options.lang, () =>
        withLedger(session, options, (ledger) => generate(session, ledger, options), {
          following: false,
        }),
      ),
    );
};

const generate = async (session: Session, ledger: Ledger, options: Options): Promise<void> => {
  const { print, printJson } = session.terminal;
  const size = {
    villages: readNumber(options.villages),
    years: readNumber(options.years),
    seed: readNumber(options.seed),
  };
  const writing = progressBar(session.terminal, '生成');
  const outcome = await generateInto(ledger.store, size, writing.update);
  writing.stop();
  if (outcome.kind === 'occupied') {
    throw new CommandFault(
      EXIT.conflict,
      `${options.data} 里已有另一份合成台账(${outcome.stream});请换一个 --data。`,
      `${options.data} holds another generated ledger (${outcome.stream}); choose another --data.`,
    );
  }
  const folding = progressBar(session.terminal, '汇总');
  await ledger.views.catchUp(({ done, of }) => folding.update(done, of));
  folding.stop();
  // Its events are recorded on days of the past, and are not followed by 400 days of silence.
  acceptClock(ledger.directory, session.clock());
  const { kind: _, ...generated } = outcome;
  if (options.json === true) printJson(generated);
  else print(`已生成 ${generated.events} 个事件,位置 ${generated.position}`);
};

const readNumber = (text: string): number => {
  if (/^[1-9]\d{0,6}$/.test(text)) return Number(text);
  throw badInput(`“${text}”不是正整数。`, `“${text}” is no positive whole number.`);
};
