import type { Command } from 'commander';
import { findAllocation, readAmount } from '../options/names.ts';
import type { Session } from '../session/session.ts';
import { writes, type WriteOptions } from '../write.ts';

export const registerAdjust = (program: Command, session: Session): void => {
  writes('AdjustAllocation')<WriteOptions & { approval: string }>(
    session,
    program
      .command('adjust <from> <to> <amount>')
      .description('调减一笔、调增另一笔 adjust a pair of allocations')
      .requiredOption('--approval <number>', '批准文号'),
    ({ db, idFor }, { approval }, from = '', to = '', amount = '') => {
      const less = findAllocation(db, from).allocationId;
      const more = findAllocation(db, to).allocationId;
      const pair = { adjustmentId: idFor('adjustment'), amountFen: readAmount(amount), approval };
      return [
        {
          type: 'AdjustAllocation',
          data: {
            ...pair,
            allocationId: less,
            direction: 'decrease',
            counterpartAllocationId: more,
          },
        },
        {
          type: 'AdjustAllocation',
          data: {
            ...pair,
            allocationId: more,
            direction: 'increase',
            counterpartAllocationId: less,
          },
        },
      ];
    },
  );
};
