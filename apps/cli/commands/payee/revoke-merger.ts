import type { Command } from 'commander';
import { findMergedPayee } from '../../options/payees.ts';
import type { Session } from '../../session/session.ts';
import { writes, type WriteOptions } from '../../write.ts';

interface Options extends WriteOptions {
  readonly reason: string;
}

export const registerPayeeRevokeMerger = (payee: Command, session: Session): void => {
  writes('RevokePayeeMerger')<Options>(
    session,
    payee
      .command('revoke-merger <payee>')
      .description('撤销收款人合并 take back the merger of a payee')
      .requiredOption('--reason <text>', '原因'),
    ({ db }, { reason }, which = '') => [
      { type: 'RevokePayeeMerger', data: { payeeId: findMergedPayee(db, which), reason } },
    ],
  );
};
