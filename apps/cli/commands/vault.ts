import type { Command } from 'commander';
import { resolve } from 'node:path';
import { requireLedger } from '#wiring/ledger';
import { checkVault, type Standing } from '#vault/check';
import { committedTo } from '#vault/committed';
import type { Person } from '#vault/person';
import { looksAt, REVEALERS, revealPerson, type Revealed } from '#vault/reveal';
import { CommandFault, EXIT } from '../exit-codes.ts';
import { print, printJson, printTable } from '../output.ts';
import {
  asksForPerson,
  notHeld,
  personForgotten,
  reasonTells,
  whoAsks,
  type AskedOptions,
} from '../person.ts';
import { run, withCommonOptions, withReaderBeside, type CommonOptions } from '../session.ts';

/** Personal data: look, compare with the log, see who looked. All of it works beside a running server. */
export const registerVault = (program: Command): void => {
  const vault = program.command('vault').description('个人资料保险库 personal data');

  asksForPerson(
    vault.command('reveal <payee>').description('查看个人资料,逐次留痕 every look is noted'),
  ).action((payeeId: string, options: AskedOptions) =>
    run(options.lang, () => reveal(payeeId, options)),
  );

  withCommonOptions(
    vault.command('check [payee]').description('重算摘要并与台账核对 compare with the log'),
  ).action((payeeId: string | undefined, options: CommonOptions) =>
    run(options.lang, () => check(payeeId, options)),
  );

  withCommonOptions(
    vault.command('looks [payee]').description('谁何时因何查看过 who looked, when and why'),
  ).action((payeeId: string | undefined, options: CommonOptions) =>
    run(options.lang, async () => presentLooks(payeeId, options)),
  );
};

const reveal = async (payeeId: string, options: AskedOptions): Promise<void> => {
  const { directory, actor, reason } = await whoAsks(options, REVEALERS);
  await withReaderBeside(options, async ({ log }) => {
    const { current } = await committedTo(log, payeeId);
    const person = shown(revealPerson(directory, { payeeId, commitment: current, actor, reason }));
    if (options.json === true) return printJson(person);
    for (const [field, value] of Object.entries(person)) print(`${field}  ${value}`);
  });
};

const shown = (revealed: Revealed): Person => {
  switch (revealed.kind) {
    case 'revealed':
      return revealed.person;
    case 'not-held':
      throw notHeld();
    case 'forgotten':
      throw personForgotten(revealed.tombstone);
    case 'reason-tells':
      throw reasonTells();
    case 'differs':
      throw new CommandFault(
        EXIT.conflict,
        '保险库所存与台账中的摘要不符,不予出示。',
        'What the vault holds is not what the log committed to; it is not shown.',
      );
  }
};

const check = (payeeId: string | undefined, options: CommonOptions): Promise<void> =>
  withReaderBeside(options, async ({ log }) => {
    const checked = await checkVault(resolve(options.data), log, payeeId);
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
    if (checked.some(({ standing }) => standing === 'differs')) process.exitCode = EXIT.conflict;
    if (checked.some(({ standing }) => standing === 'not-held')) process.exitCode = EXIT.badInput;
  });

const STANDINGS = {
  matches: { zh: '与台账相符', en: 'matches the log' },
  differs: { zh: '与台账不符', en: 'differs from the log' },
  unused: { zh: '台账没有用到,可以抹去', en: 'not in the log; may be forgotten' },
  forgotten: { zh: '已抹去', en: 'forgotten' },
  'not-held': { zh: '没有存', en: 'not held' },
} as const satisfies Record<Standing, { zh: string; en: string }>;

const presentLooks = (payeeId: string | undefined, { data, json }: CommonOptions): void => {
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
