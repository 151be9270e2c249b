import type { Command } from 'commander';
import { findPayee } from '../../options/payees.ts';
import type { Session } from '../../session/session.ts';
import { writes, type WriteOptions } from '../../write.ts';

interface Options extends WriteOptions {
  readonly reason: string;
}

export const registerPayeeMerge = (payee: Command, session: Session): void => {
  writes('MergePayee')<Options>(
    session,
    payee
      .command('merge <payee> <into>')
      .description('合并同一收款人 merge a payee into the one that it is')
      .requiredOption('--reason <text>', '原因'),
    ({ db }, { reason }, which = '', into = '') => [
      {
        type: 'MergePayee',
        data: { payeeId: findPayee(db, which), intoPayeeId: findPayee(db, into), reason },
      },
    ],
  );
};
