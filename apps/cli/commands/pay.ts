import type { Command } from 'commander';
import { findRequest } from '../options/payment.ts';
import type { Session } from '../session/session.ts';
import { writes, type WriteOptions } from '../write.ts';

export const registerPay = (program: Command, session: Session): void => {
  writes('DisburseFunds')<WriteOptions & { voucher: string }>(
    session,
    program
      .command('pay <request>')
      .description('支付已复核的申请 pay an approved request')
      .requiredOption('--voucher <number>', '凭证号'),
    ({ db, idFor }, { voucher }, request = '') => {
      const { allocationId, requestId } = findRequest(db, request);
      const paymentId = idFor('payment');
      return [
        {
          type: 'DisburseFunds',
          data: { ground: 'request', allocationId, requestId, paymentId, voucher },
        },
      ];
    },
  );
};
