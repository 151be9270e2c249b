import type { Command } from 'commander';
import { resolve } from 'node:path';
import { backUp } from '#operations/backup';
import { withCommonOptions, type CommonOptions } from '../session/common-options.ts';
import { run } from '../session/run.ts';
import type { Session } from '../session/session.ts';

export const registerBackup = (program: Command, session: Session): void => {
  const { print, printJson } = session.terminal;
  withCommonOptions(program.command('backup <directory>'), session)
    .description('备份数据目录,服务不必停 copy the data directory while it is in use')
    .action((target: string, options: CommonOptions) =>
      run(session, options.lang, async () => {
        const backup = await backUp(resolve(options.data), resolve(target));
        if (options.json === true) printJson({ directory: resolve(target), ...backup });
        else if (options.lang === 'en') {
          print(`${backup.events} events copied to ${resolve(target)} and read through.`);
          print(
            'Neither keys nor the vault of personal data are in it: keep signing-key.json apart.',
          );
        } else {
          print(`已备份 ${backup.events} 个事件到 ${resolve(target)},并通读核对。`);
          print('不含密钥,也不含个人资料保险库:signing-key.json 请另行保管。');
        }
      }),
    );
};
