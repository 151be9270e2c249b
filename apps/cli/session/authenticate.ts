import { resolve } from 'node:path';
import { openTokens } from '#application/access/tokens';
import type { Actor } from '#ledger/context';
import { CommandFault, EXIT } from './exit-codes.ts';
import type { Session } from './session.ts';

/** Who asks, by their token. Throws a sentence that says how to get one. */
export const authenticate = async (
  { settings }: Session,
  { data, token }: { readonly data: string; readonly token?: string },
): Promise<Actor> => {
  if (token === undefined) {
    throw new CommandFault(
      EXIT.notPermitted,
      '记账须有身份:先用 mz token --role clerk --name 姓名 取得令牌,再以 --token 或 MZ_TOKEN 出示。',
      'A write needs an actor: get a token with mz token --role clerk --name NAME and show it with --token or MZ_TOKEN.',
    );
  }
  const tokens = await openTokens(resolve(data), settings.keyFiles.tokenKey);
  const verified = await tokens.verify(token);
  if (verified.kind === 'actor') return verified.actor;
  throw new CommandFault(
    EXIT.notPermitted,
    verified.reason === 'expired' ? '令牌已过期,请重新取得。' : '令牌不是这个台账签发的。',
    verified.reason === 'expired' ? 'The token has expired.' : 'The token is not of this ledger.',
  );
};
