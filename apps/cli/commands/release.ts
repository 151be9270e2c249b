import type { Command } from 'commander';
import { slipOf } from '#ledger/voucher/slip';
import { findAllocation, readAmount } from '../options/names.ts';
import type { Session } from '../session/session.ts';
import { withVoucherOptions, type VoucherOptions } from '../options/voucher.ts';
import { writes } from '../write.ts';

export const registerRelease = (program: Command, session: Session): void => {
  writes('ReleaseFunds')<VoucherOptions & { unit: string }>(
    session,
    withVoucherOptions(
      program
        .command('release <allocation> <amount>')
        .description('核拨到单位 release to a unit')
        .requiredOption('--unit <name>', '单位'),
    ),
    ({ db }, { unit, ...options }, allocation = '', amount = '') => [
      {
        type: 'ReleaseFunds',
        data: {
          allocationId: findAllocation(db, allocation).allocationId,
          amountFen: readAmount(amount),
          unit,
          ...slipOf(options),
        },
      },
    ],
  );
};
