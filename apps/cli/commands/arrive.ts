import type { Command } from 'commander';
import { findAllocation, readAmount } from '../options/names.ts';
import type { Session } from '../session/session.ts';
import { writes, type WriteOptions } from '../write.ts';

export const registerArrive = (program: Command, session: Session): void => {
  writes('ReceiveFunds')<WriteOptions & { voucher?: string }>(
    session,
    program
      .command('arrive <allocation> <amount>')
      .description('到账 funds arrive')
      .option('--voucher <number>', '凭证号'),
    ({ db }, { voucher }, allocation = '', amount = '') => [
      {
        type: 'ReceiveFunds',
        data: {
          allocationId: findAllocation(db, allocation).allocationId,
          amountFen: readAmount(amount),
          ...(voucher === undefined ? {} : { voucher }),
        },
      },
    ],
  );
};
