import type { Command } from 'commander';
import { resolve } from 'node:path';
import { requireLedger } from '#wiring/ledger';
import { looksAt } from '#vault/reveal';
import { withCommonOptions, type CommonOptions } from '../../session/common-options.ts';
import type { Terminal } from '../../output/terminal.ts';
import { run } from '../../session/run.ts';
import type { Session } from '../../session/session.ts';

export const registerVaultLooks = (vault: Command, session: Session): void => {
  withCommonOptions(
    vault.command('looks [payee]').description('谁何时因何查看过 who looked, when and why'),
    session,
  ).action((payeeId: string | undefined, options: CommonOptions) =>
    run(session, options.lang, async () => presentLooks(session.terminal, payeeId, options)),
  );
};

const presentLooks = (
  { printJson, printTable }: Terminal,
  payeeId: string | undefined,
  { data, json }: CommonOptions,
): void => {
  requireLedger(resolve(data));
  const looks = looksAt(resolve(data), payeeId);
  if (json === true) return printJson({ looks });
  printTable(
    [
      { title: '时刻', of: (look) => look.at },
      { title: '收款人', of: (look) => look.payeeId },
      { title: '何人', of: (look) => look.by },
      { title: '角色', of: (look) => look.role },
      { title: '事由', of: (look) => look.reason },
    ],
    looks,
  );
};
