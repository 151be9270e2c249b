import type { Command } from 'commander';
import { findAllocation, readAmount } from '../options/names.ts';
import { badInput } from '../session/exit-codes.ts';
import type { Session } from '../session/session.ts';
import { writes, type WriteOptions } from '../write.ts';

export const registerBenefit = (program: Command, session: Session): void => {
  writes('DistributeBenefit')<WriteOptions & { households: string }>(
    session,
    program
      .command('benefit <allocation> <amount>')
      .description('收益分配 distribute a benefit')
      .requiredOption('--households <n>', '户数'),
    ({ db, on }, { households }, allocation = '', amount = '') => {
      if (!/^[1-9]\d{0,6}$/.test(households)) {
        throw badInput(
          `户数“${households}”不是正整数。`,
          `“${households}” is no number of households.`,
        );
      }
      return [
        {
          type: 'DistributeBenefit',
          data: {
            allocationId: findAllocation(db, allocation).allocationId,
            amountFen: readAmount(amount),
            households: Number(households),
            distributedOn: on,
          },
        },
      ];
    },
  );
};
