import type { Command } from 'commander';
import { findAllocation, readAmount } from '../options/names.ts';
import type { Session } from '../session/session.ts';
import { writes, type WriteOptions } from '../write.ts';

export const registerRelease = (program: Command, session: Session): void => {
  writes('ReleaseFunds')<WriteOptions & { unit: string; voucher?: string }>(
    session,
    program
      .command('release <allocation> <amount>')
      .description('核拨到单位 release to a unit')
      .requiredOption('--unit <name>', '单位')
      .option('--voucher <number>', '凭证号'),
    ({ db }, { unit, voucher }, allocation = '', amount = '') => [
      {
        type: 'ReleaseFunds',
        data: {
          allocationId: findAllocation(db, allocation).allocationId,
          amountFen: readAmount(amount),
          unit,
          ...(voucher === undefined ? {} : { voucher }),
        },
      },
    ],
  );
};
