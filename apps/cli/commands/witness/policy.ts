import type { Command } from 'commander';
import { storePolicyFile } from '#transparency-log/witness/policy-file';
import { withCommonOptions, type CommonOptions } from '../../session/common-options.ts';
import { withReaderBeside } from '../../session/open-ledger.ts';
import type { Session } from '../../session/session.ts';
import { guarded, readFile } from './guarded.ts';

export const registerPolicy = (group: Command, session: Session): void => {
  withCommonOptions(group.command('policy <file>'), session)
    .description(
      '存下见证规则(c2sp tlog-policy):请谁联署,几家算数 keep whom to ask, and how many must sign',
    )
    .action((file: string, options: CommonOptions) =>
      guarded(
        session,
        () =>
          withReaderBeside(session, options, ({ directory }) => {
            const { witnesses } = storePolicyFile(directory, readFile(file).toString('utf8'));
            for (const { name, address } of witnesses)
              session.terminal.print(`${name} ${address ?? ''}`.trimEnd());
          }),
        options.lang,
      ),
    );
};
