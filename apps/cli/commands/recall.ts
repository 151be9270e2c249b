import { Option, type Command } from 'commander';
import type { PayingAccount } from '#ledger/fund/fund-events';
import { slipOf } from '#ledger/voucher/slip';
import { findAllocation, readAmount } from '../options/names.ts';
import type { Session } from '../session/session.ts';
import { withVoucherOptions, type VoucherOptions } from '../options/voucher.ts';
import { writes, type WriteOptions } from '../write.ts';

interface RecallOptions extends WriteOptions {
  readonly approval: string;
}

/** 收回: of quota, and of money that has arrived. */
export const registerRecall = (program: Command, session: Session): void => {
  writes('RecallAllocation')<RecallOptions>(
    session,
    program
      .command('recall <allocation> <amount>')
      .description('收回未到账指标 recall quota that has not arrived')
      .requiredOption('--approval <number>', '批准文号'),
    ({ db }, { approval }, allocation = '', amount = '') => [
      {
        type: 'RecallAllocation',
        data: {
          allocationId: findAllocation(db, allocation).allocationId,
          amountFen: readAmount(amount),
          approval,
        },
      },
    ],
  );
  writes('RecallFunds')<RecallOptions & VoucherOptions & { readonly from: PayingAccount }>(
    session,
    withVoucherOptions(
      program
        .command('recall-funds <allocation> <amount>')
        .description('收回已到账资金 recall money that has arrived')
        .addOption(
          new Option('--from <account>', '从哪里')
            .choices(['treasury', 'unit'])
            .default('treasury'),
        )
        .requiredOption('--approval <number>', '批准文号'),
    ),
    ({ db }, { from, approval, ...options }, allocation = '', amount = '') => [
      {
        type: 'RecallFunds',
        data: {
          allocationId: findAllocation(db, allocation).allocationId,
          amountFen: readAmount(amount),
          from,
          approval,
          ...slipOf(options),
        },
      },
    ],
  );
};
