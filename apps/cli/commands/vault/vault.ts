import type { Command } from 'commander';
import type { Session } from '../../session/session.ts';
import { registerVaultCheck } from './check.ts';
import { registerVaultLooks } from './looks.ts';
import { registerVaultReveal } from './reveal.ts';

/** Personal data: look, compare with the log, see who looked. All of it works beside a running server. */
export const registerVault = (program: Command, session: Session): void => {
  const vault = program.command('vault').description('个人资料保险库 personal data');
  registerVaultReveal(vault, session);
  registerVaultCheck(vault, session);
  registerVaultLooks(vault, session);
};
