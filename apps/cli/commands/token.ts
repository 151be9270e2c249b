import { Option, type Command } from 'commander';
import { resolve } from 'node:path';
import { ROLES, type Role } from '#ledger/context';
import { openTokens } from '#application/access/tokens';
import { withCommonOptions, type CommonOptions } from '../session/common-options.ts';
import { run } from '../session/run.ts';
import type { Session } from '../session/session.ts';

interface Options extends CommonOptions {
  readonly role: Role;
  readonly name: string;
  readonly org: string;
  readonly expires: string;
}

export const registerToken = (program: Command, session: Session): void => {
  const { print, printJson } = session.terminal;
  withCommonOptions(program.command('token'), session)
    .description('签发令牌 issue a bearer token')
    .addOption(new Option('--role <role>', '角色').choices(ROLES).makeOptionMandatory())
    .requiredOption('--name <id>', '使用人的编号或姓名 who it is for')
    .option('--org <organisation>', '单位 organisation', '未写明')
    .option('--expires <time>', '有效期 lifetime', '30 days')
    .action((options: Options) =>
      run(session, options.lang, async () => {
        const tokens = await openTokens(resolve(options.data), session.settings.keyFiles.tokenKey);
        const actor = { id: options.name, organisation: options.org, role: options.role };
        const token = await tokens.issue({ actor, expiresIn: options.expires });
        if (options.json === true) printJson({ token, actor, expiresIn: options.expires });
        else print(token);
      }),
    );
};
