import type { Command } from 'commander';
import { payee as payeeOf } from '#projections/place-directory/payees';
import { isPayeeKind } from '#ledger/payee/payee-events';
import { findPayee } from '../../options/payees.ts';
import { badInput } from '../../session/exit-codes.ts';
import type { Session } from '../../session/session.ts';
import { writes, type WriteOptions } from '../../write.ts';

interface Options extends WriteOptions {
  readonly code?: string;
  readonly commitment?: string;
}

/** 更名: the rest of the identity is stated anew as it is. */
export const registerPayeeRename = (payee: Command, session: Session): void => {
  writes('ChangePayee')<Options>(
    session,
    payee
      .command('rename <payee> <name>')
      .description('单位更名 rename an organisation')
      .option('--code <code>', '统一社会信用代码,有变更时写')
      .option('--commitment <sha256>', '账户资料的加盐摘要,原有的须重写'),
    ({ db }, { code, commitment }, which = '', name = '') => {
      const known = payeeOf(db, findPayee(db, which));
      if (known === undefined || !isPayeeKind(known.kind) || known.kind === 'person')
        throw badInput('个人收款人不写姓名。', 'Persons go unnamed.');
      const creditCode = code ?? known.creditCode ?? undefined;
      return [
        {
          type: 'ChangePayee',
          data: {
            payeeId: known.payeeId,
            kind: known.kind,
            name,
            ...(creditCode === undefined ? {} : { creditCode }),
            ...(commitment === undefined ? {} : { commitment }),
          },
        },
      ];
    },
  );
};
