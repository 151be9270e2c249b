import type { Command } from 'commander';
import { findRequest } from '../options/payment.ts';
import type { Session } from '../session/session.ts';
import { writes } from '../write.ts';

export const registerApprove = (program: Command, session: Session): void => {
  writes('ApproveDisbursement')(
    session,
    program.command('approve <request>').description('复核通过 approve a request'),
    ({ db }, _options, request = '') => {
      const { allocationId, requestId } = findRequest(db, request);
      return [{ type: 'ApproveDisbursement', data: { allocationId, requestId } }];
    },
  );
};
