import type { Command } from 'commander';
import { checkVault, type Standing } from '#vault/check';
import { withCommonOptions, type CommonOptions } from '../../session/common-options.ts';
import { EXIT } from '../../session/exit-codes.ts';
import { withReaderBeside } from '../../session/open-ledger.ts';
import { run } from '../../session/run.ts';
import type { Session } from '../../session/session.ts';

export const registerVaultCheck = (vault: Command, session: Session): void => {
  withCommonOptions(
    vault.command('check [payee]').description('重算摘要并与台账核对 compare with the log'),
    session,
  ).action((payeeId: string | undefined, options: CommonOptions) =>
    run(session, options.lang, () => check(session, payeeId, options)),
  );
};

const check = (
  session: Session,
  payeeId: string | undefined,
  options: CommonOptions,
): Promise<void> =>
  withReaderBeside(session, options, async (ledger) => {
    const { printJson, printTable } = session.terminal;
    const checked = await checkVault(ledger, ledger.log, payeeId);
    if (options.json === true) printJson({ checked });
    else {
      printTable(
        [
          { title: '收款人', of: (row) => row.payeeId },
          { title: '核对', of: (row) => STANDINGS[row.standing][options.lang] },
        ],
        checked,
      );
    }
    if (checked.some(({ standing }) => standing === 'differs')) session.exitWith(EXIT.conflict);
    if (checked.some(({ standing }) => standing === 'not-held')) session.exitWith(EXIT.badInput);
  });

const STANDINGS = {
  matches: { zh: '与台账相符', en: 'matches the log' },
  differs: { zh: '与台账不符', en: 'differs from the log' },
  unused: { zh: '台账没有用到,可以抹去', en: 'not in the log; may be forgotten' },
  forgotten: { zh: '已抹去', en: 'forgotten' },
  'not-held': { zh: '没有存', en: 'not held' },
} as const satisfies Record<Standing, { zh: string; en: string }>;
