import { Option, type Command } from 'commander';
import { resolve } from 'node:path';
import { describedBy } from '#ledger/payee/known-payees';
import { PAYEE_KINDS, type PayeeKind } from '#ledger/payee/payee-events';
import { payeeCommand, type EnteredPayee } from '#vault/payee-command';
import { readPersonFile } from '../../options/person.ts';
import { badInput } from '../../session/exit-codes.ts';
import type { Session } from '../../session/session.ts';
import { writes, type WriteOptions, type WriteContext } from '../../write.ts';

interface Options extends WriteOptions {
  readonly kind: PayeeKind;
  readonly code?: string;
  readonly commitment?: string;
  readonly personFile?: string;
}

export const registerPayeeAdd = (payee: Command, session: Session): void => {
  writes('RegisterPayee')<Options>(
    session,
    payee
      .command('add [name]')
      .description('登记收款人;个人不写姓名 register a payee; persons go unnamed')
      .addOption(new Option('--kind <kind>', '性质').choices(PAYEE_KINDS).makeOptionMandatory())
      .option('--code <code>', '统一社会信用代码')
      .addOption(
        new Option(
          '--person-file <file>',
          '个人资料的 JSON 文件,- 为标准输入;存入保险库',
        ).conflicts(['code', 'commitment']),
      )
      .option('--commitment <sha256>', '另存别处的个人资料的加盐摘要'),
    (context, options, name) => {
      const vault = { directory: resolve(options.data), keyFiles: session.settings.keyFiles };
      const payee = enteredPayee(session, context, options, name);
      const recordId = context.idFor('person');
      const built = payeeCommand(vault, 'RegisterPayee', payee, recordId, 'mz');
      return 'sentence' in built ? built : [built];
    },
  );
};

const enteredPayee = (
  { input }: Session,
  { idFor, ownIdFor }: WriteContext,
  { kind, code, commitment, personFile }: Options,
  name: string | undefined,
): EnteredPayee => {
  if (personFile !== undefined) {
    if (kind !== 'person' || name !== undefined) throw personIsUnnamed();
    return { payeeId: idFor('payee'), kind, person: readPersonFile(input, personFile) };
  }
  const identity = {
    kind,
    ...(name === undefined ? {} : { name }),
    ...(code === undefined ? {} : { creditCode: code }),
    ...(commitment === undefined ? {} : { commitment }),
  };
  const description = describedBy(identity);
  const payeeId = description === undefined ? idFor('payee') : ownIdFor('payee', description);
  return { payeeId, ...identity };
};

const personIsUnnamed = () =>
  badInput(
    '--person-file 只用于 --kind person,且命令行上不写姓名。',
    '--person-file is for --kind person, with no name on the command line.',
  );
