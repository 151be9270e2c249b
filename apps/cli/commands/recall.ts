import type { Command } from 'commander';
import { findAllocation, readAmount } from '../options/names.ts';
import type { Session } from '../session/session.ts';
import { writes, type WriteOptions } from '../write.ts';

export const registerRecall = (program: Command, session: Session): void => {
  writes('RecallAllocation')<WriteOptions & { approval: string }>(
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
};
