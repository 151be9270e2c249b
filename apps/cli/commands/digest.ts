import type { Command } from 'commander';
import { withCommonOptions, type CommonOptions } from '../session/common-options.ts';
import { withExistingLedger } from '../session/open-ledger.ts';
import { run } from '../session/run.ts';
import type { Session } from '../session/session.ts';

export const registerDigest = (program: Command, session: Session): void => {
  const { print, printJson } = session.terminal;
  withCommonOptions(program.command('digest'), session)
    .description('视图摘要 digests of all views')
    .action((options: CommonOptions) =>
      run(session, options.lang, () =>
        withExistingLedger(session, options, ({ views }) => {
          const digests = views.digest();
          if (options.json === true) printJson({ position: views.position(), digests });
          else for (const [name, digest] of Object.entries(digests)) print(`${digest}  ${name}`);
          return Promise.resolve();
        }),
      ),
    );
};
