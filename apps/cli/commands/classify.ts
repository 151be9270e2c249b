import type { Command } from 'commander';
import { findAllocation } from '../options/names.ts';
import type { Session } from '../session/session.ts';
import { writes, type WriteOptions } from '../write.ts';

export const registerClassify = (program: Command, session: Session): void => {
  writes('ClassifyAllocation')<WriteOptions & { ground: string }>(
    session,
    program
      .command('classify <allocation> <type>')
      .description('归类 classify an allocation')
      .requiredOption('--ground <text>', '依据'),
    ({ db }, { ground }, allocation = '', projectType = '') => [
      {
        type: 'ClassifyAllocation',
        data: { allocationId: findAllocation(db, allocation).allocationId, projectType, ground },
      },
    ],
  );
};
