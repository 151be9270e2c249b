import type { Command } from 'commander';
import { randomInt } from 'node:crypto';
import { drill } from '#operations/drill';
import { requireLedger } from '#wiring/ledger';
import { withCommonOptions, type CommonOptions } from '../session/common-options.ts';
import { wan } from '#presentation/figures';
import { presentFault } from '../output/verification-report.ts';
import { CommandFault, EXIT, badInput } from '../session/exit-codes.ts';
import { identityOf } from '../session/log-identity.ts';
import { withReaderBeside } from '../session/open-ledger.ts';
import { run } from '../session/run.ts';
import type { Session } from '../session/session.ts';

export const registerDrill = (program: Command, session: Session): void => {
  const { print, printJson } = session.terminal;
  withCommonOptions(program.command('drill'), session)
    .description('演练:在副本里改一个数字,看怎样被发现 alter a digit in a copy, and see it found')
    .action((options: CommonOptions) =>
      run(session, options.lang, () =>
        withReaderBeside(session, options, async (ledger) => {
          const { directory, views } = ledger;
          requireLedger(directory);
          identityOf(directory);
          const done = await drill(ledger, (among) => randomInt(among));
          if (done === undefined) {
            throw badInput('还没有带金额的事件。', 'There is no event with an amount yet.');
          }
          const { position, before, after, faults } = done;
          const told = faults.map((fault) => presentFault(views.db, fault)[options.lang]);
          if (options.json === true) printJson({ position, before, after, found: told });
          else {
            const [was, is] = [wan(Number(before)), wan(Number(after))];
            print(
              options.lang === 'en'
                ? `In a copy, the amount of event ${position} was changed from ${was} to ${is} 万元. Found:`
                : `在副本里把第 ${position} 个事件的金额从 ${was} 改成 ${is} 万元。发现:`,
            );
            for (const line of told) print(`  ✗ ${line}`);
            print(options.lang === 'en' ? 'The ledger was not touched.' : '台账本身没有动过。');
          }
          if (faults.length === 0) {
            throw new CommandFault(
              EXIT.broken,
              '改动没有被发现,这是程序错误。',
              'The change was not found: that is our own fault.',
            );
          }
        }),
      ),
    );
};
