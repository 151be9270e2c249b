import { Option, type Command } from 'commander';
import { resolve } from 'node:path';
import { ROLES, type Role } from '#ledger/context';
import { openTokens, replaceTokenKey } from '#application/access/tokens';
import { soundActor } from '#application/access/sound-actor';
import { badInput } from '../session/exit-codes.ts';
import { withCommonOptions, type CommonOptions } from '../session/common-options.ts';
import { run } from '../session/run.ts';
import type { Session } from '../session/session.ts';

interface Options extends CommonOptions {
  readonly role: Role;
  readonly name: string;
  readonly org: string;
  readonly expires: string;
  readonly newKey?: boolean;
  readonly reason?: string;
}

export const registerToken = (program: Command, session: Session): void => {
  const { print, printJson } = session.terminal;
  withCommonOptions(program.command('token'), session)
    .description('签发令牌 issue a bearer token')
    .addOption(new Option('--role <role>', '角色').choices(ROLES).makeOptionMandatory())
    .requiredOption('--name <id>', '使用人的编号或姓名 who it is for')
    .option('--org <organisation>', '单位 organisation', '未写明')
    .option('--expires <time>', '有效期 lifetime', '30 days')
    .option('--new-key', '另做密钥,以前的令牌全部作废 make another key; all tokens so far end')
    .option('--reason <text>', '为何另做密钥 why another key is made')
    .action((options: Options) =>
      run(session, options.lang, async () => {
        if (options.newKey === true) await makeNewKey(session, options);
        const tokens = await openTokens(resolve(options.data), session.settings.keyFiles.tokenKey);
        const { name, org, role } = options;
        const named = soundActor({ id: name, organisation: org, role });
        if (named.kind === 'unsound') {
          throw badInput(
            '姓名和单位须是文字,不能为空,也不能含控制字符、身份证号、手机号或银行卡号。',
            'A name is a text that is not empty and holds no control characters and no numbers of identity cards, mobiles or bank cards; so is an organisation.',
          );
        }
        const { actor } = named;
        const token = await tokens.issue({ actor, expiresIn: readLifetime(options.expires) });
        if (options.json === true) printJson({ token, actor, expiresIn: options.expires });
        else print(token);
      }),
    );
};

const LIFETIME = /^([1-9]\d{0,4}) ?(minute|hour|day|week|year|min|[mhdwy])s?$/i;

/** A lifetime as `jose` reads it, of at most ten years. */
const readLifetime = (text: string): string => {
  const [, count = '', unit = ''] = LIFETIME.exec(text.trim()) ?? [];
  const most = { m: 5_256_000, h: 87_600, d: 3_650, w: 520, y: 10 }[unit.charAt(0).toLowerCase()];
  if (most !== undefined && Number(count) <= most) return text.trim();
  throw badInput(
    `“${text}”不是有效期:写如 8 hours、30 days、1 year,最长十年。`,
    `“${text}” is not a lifetime: such as 8 hours, 30 days, 1 year; ten years at most.`,
  );
};

const makeNewKey = async ({ settings }: Session, { data, reason }: Options): Promise<void> => {
  const file = settings.keyFiles.tokenKey;
  if (file !== undefined) {
    throw badInput(
      `密钥由 MZ_SIGNING_KEY_FILE 指定(${file}),请在那里更换。`,
      `The key is named by MZ_SIGNING_KEY_FILE (${file}); replace it there.`,
    );
  }
  if (reason === undefined || reason.trim() === '') {
    throw badInput('另做密钥须写明原因(--reason)。', 'Another key needs a reason (--reason).');
  }
  await replaceTokenKey(resolve(data), reason.trim());
};
