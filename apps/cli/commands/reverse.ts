import type { Command } from 'commander';
import { readAmount } from '../options/names.ts';
import { findPayment } from '../options/payment.ts';
import type { Session } from '../session/session.ts';
import { writes, type WriteOptions } from '../write.ts';

export const registerReverse = (program: Command, session: Session): void => {
  writes('ReverseDisbursement')<WriteOptions & { reason: string }>(
    session,
    program
      .command('reverse <payment> [amount]')
      .description('冲销一笔支付 reverse a payment')
      .requiredOption('--reason <text>', '原因'),
    ({ db, idFor }, { reason }, payment = '', amount) => {
      const paid = findPayment(db, payment);
      const { allocationId, paymentId } = paid;
      const amountFen = amount === undefined ? BigInt(paid.amountFen) : readAmount(amount);
      const reversalId = idFor('reversal');
      return [
        {
          type: 'ReverseDisbursement',
          data: { allocationId, paymentId, reversalId, amountFen, reason },
        },
      ];
    },
  );
};
