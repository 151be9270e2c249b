import type { Command } from 'commander';
import { findRequest } from '../options/payment.ts';
import type { Session } from '../session/session.ts';
import { writes, type WriteOptions } from '../write.ts';

export const registerReject = (program: Command, session: Session): void => {
  writes('RejectDisbursement')<WriteOptions & { reason: string }>(
    session,
    program
      .command('reject <request>')
      .description('复核退回 reject a request')
      .requiredOption('--reason <text>', '原因'),
    ({ db }, { reason }, request = '') => {
      const { allocationId, requestId } = findRequest(db, request);
      return [{ type: 'RejectDisbursement', data: { allocationId, requestId, reason } }];
    },
  );
};
