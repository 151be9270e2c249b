import { Option, type Command } from 'commander';
import { slipOf } from '#ledger/voucher/slip';
import { findAllocation, readAmount } from '../options/names.ts';
import type { Session } from '../session/session.ts';
import { withVoucherOptions, type VoucherOptions } from '../options/voucher.ts';
import { writes } from '../write.ts';

export const registerReturn = (program: Command, session: Session): void => {
  writes('ReturnFunds')<VoucherOptions & { from: 'treasury' | 'unit'; reason: string }>(
    session,
    withVoucherOptions(
      program
        .command('return <allocation> <amount>')
        .description('缴回 return funds')
        .addOption(
          new Option('--from <account>', '从哪里')
            .choices(['treasury', 'unit'])
            .default('treasury'),
        )
        .requiredOption('--reason <text>', '原因'),
    ),
    ({ db }, { from, reason, ...options }, allocation = '', amount = '') => [
      {
        type: 'ReturnFunds',
        data: {
          allocationId: findAllocation(db, allocation).allocationId,
          amountFen: readAmount(amount),
          from,
          reason,
          ...slipOf(options),
        },
      },
    ],
  );
};
