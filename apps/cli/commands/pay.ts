import type { Command } from 'commander';
import { slipOf } from '#ledger/voucher/slip';
import { findRequest } from '../options/payment.ts';
import type { Session } from '../session/session.ts';
import { withVoucherOptions, type VoucherOptions } from '../options/voucher.ts';
import { writes } from '../write.ts';

export const registerPay = (program: Command, session: Session): void => {
  writes('DisburseFunds')<VoucherOptions & { voucher: string }>(
    session,
    withVoucherOptions(
      program.command('pay <request>').description('支付已复核的申请 pay an approved request'),
      true,
    ),
    ({ db, idFor }, options, request = '') => {
      const { allocationId, requestId } = findRequest(db, request);
      const paymentId = idFor('payment', allocationId);
      return [
        {
          type: 'DisburseFunds',
          data: {
            ...{ ground: 'request', allocationId, requestId, paymentId },
            ...{ ...slipOf(options), voucher: options.voucher },
          },
        },
      ];
    },
  );
};
