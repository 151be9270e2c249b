import type { Command } from 'commander';
import type { PayingAccount } from '#ledger/fund/fund-events';
import { findAllocation, readAmount } from '../options/names.ts';
import { findPayee } from '../options/payees.ts';
import { withPaymentOptions, type PaymentOptions } from '../options/payment.ts';
import type { Session } from '../session/session.ts';
import { writes } from '../write.ts';

export const registerRequest = (program: Command, session: Session): void => {
  writes('RequestDisbursement')<PaymentOptions<PayingAccount> & { purpose: string }>(
    session,
    withPaymentOptions(program.command('request <allocation> <amount>'), ['treasury', 'unit'])
      .description('申请支付 request a disbursement')
      .requiredOption('--purpose <text>', '用途'),
    ({ db, idFor }, { payee, from, stage, purpose }, allocation = '', amount = '') => {
      const { allocationId } = findAllocation(db, allocation);
      return [
        {
          type: 'RequestDisbursement',
          data: {
            allocationId,
            requestId: idFor('request', allocationId),
            payeeId: findPayee(db, payee),
            amountFen: readAmount(amount),
            from,
            stage,
            purpose,
          },
        },
      ];
    },
  );
};
