import type { Command } from 'commander';
import type { SpendingAccount } from '#ledger/fund/fund-events';
import { slipOf } from '#ledger/voucher/slip';
import { findAllocation, readAmount } from '../options/names.ts';
import { findPayee } from '../options/payees.ts';
import { withPaymentOptions, type PaymentOptions } from '../options/payment.ts';
import type { Session } from '../session/session.ts';
import { withVoucherOptions, type VoucherOptions } from '../options/voucher.ts';
import { writes } from '../write.ts';

export const registerPayStatement = (program: Command, session: Session): void => {
  writes('DisburseFunds')<PaymentOptions<SpendingAccount> & VoucherOptions & { voucher: string }>(
    session,
    withVoucherOptions(
      withPaymentOptions(program.command('pay-statement <allocation> <amount>'), [
        'treasury',
        'unit',
        'advance',
      ]).description(
        '按国库或银行对账单记支付;到账以前由他人垫付的写 --from advance take a payment over from a statement',
      ),
      true,
    ),
    ({ db, idFor }, { payee, from, stage, voucher, ...options }, allocation = '', amount = '') => {
      const { allocationId } = findAllocation(db, allocation);
      return [
        {
          type: 'DisburseFunds',
          data: {
            ground: 'statement',
            allocationId,
            paymentId: idFor('payment', allocationId),
            payeeId: findPayee(db, payee),
            amountFen: readAmount(amount),
            from,
            stage,
            ...slipOf(options),
            voucher,
          },
        },
      ];
    },
  );
};
