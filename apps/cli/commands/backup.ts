import type { Command } from 'commander';
import { join, resolve } from 'node:path';
import { backUp } from '#operations/backup';
import { withCommonOptions, type CommonOptions } from '../session/common-options.ts';
import { TOKEN_KEY_FILE } from '#application/access/tokens';
import { logKeyFile } from '#transparency-log/keys/log-keys';
import { vaultKeyFile } from '#vault/vault-key';
import { run } from '../session/run.ts';
import type { Session } from '../session/session.ts';

interface Options extends CommonOptions {
  readonly withKeys?: boolean;
}

export const registerBackup = (program: Command, session: Session): void => {
  const { print, printJson } = session.terminal;
  withCommonOptions(program.command('backup <directory>'), session)
    .description('备份数据目录,服务不必停 copy the data directory while it is in use')
    .option('--with-keys', '连同密钥 signing keys and the key of the vault as well')
    .action((target: string, options: Options) =>
      run(session, options.lang, async () => {
        const data = resolve(options.data);
        const keys = options.withKeys === true ? keyFilesOf(session, data) : [];
        const backup = await backUp(data, resolve(target), { keys });
        if (options.json === true) printJson({ directory: resolve(target), ...backup });
        else if (options.lang === 'en') {
          print(`${backup.events} events copied to ${resolve(target)} and read through.`);
          print(
            options.withKeys === true
              ? 'Keys are in it: who has it can sign as anybody. The vault of personal data and the signer’s memory are not.'
              : 'Neither keys nor the vault of personal data are in it: keep them apart, or use --with-keys.',
          );
        } else {
          print(`已备份 ${backup.events} 个事件到 ${resolve(target)},并通读核对。`);
          print(
            options.withKeys === true
              ? '内含密钥:谁拿到它,谁就能冒充任何人签名。不含个人资料保险库和签名记忆。'
              : '不含密钥,也不含个人资料保险库:请另行保管,或用 --with-keys。',
          );
        }
      }),
    );
};

const keyFilesOf = ({ settings: { keyFiles } }: Session, directory: string): readonly string[] => [
  keyFiles.tokenKey ?? join(directory, TOKEN_KEY_FILE),
  logKeyFile(directory),
  vaultKeyFile({ directory, keyFiles }),
];
