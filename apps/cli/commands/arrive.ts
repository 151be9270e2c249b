import type { Command } from 'commander';
import { slipOf } from '#ledger/voucher/slip';
import { findAllocation, readAmount } from '../options/names.ts';
import type { Session } from '../session/session.ts';
import { withVoucherOptions, type VoucherOptions } from '../options/voucher.ts';
import { writes } from '../write.ts';

export const registerArrive = (program: Command, session: Session): void => {
  writes('ReceiveFunds')<VoucherOptions>(
    session,
    withVoucherOptions(
      program.command('arrive <allocation> <amount>').description('到账 funds arrive'),
    ),
    ({ db }, options, allocation = '', amount = '') => [
      {
        type: 'ReceiveFunds',
        data: {
          allocationId: findAllocation(db, allocation).allocationId,
          amountFen: readAmount(amount),
          ...slipOf(options),
        },
      },
    ],
  );
};
