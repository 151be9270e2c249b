import type { Command } from 'commander';
import { readDate } from '../options/names.ts';
import { badInput } from '../session/exit-codes.ts';
import type { Session } from '../session/session.ts';
import { writes, type WriteOptions } from '../write.ts';

export const registerParameter = (program: Command, session: Session): void => {
  writes('SetParameter')<WriteOptions & { validFrom?: string; source: string }>(
    session,
    program
      .command('parameter <id> <integer>')
      .description('设定参数 set a parameter')
      .option('--valid-from <date>', '从哪天起适用')
      .requiredOption('--source <text>', '依据的文件和条款'),
    ({ on }, { validFrom, source }, parameterId = '', integer = '') => {
      if (!/^\d{1,9}$/.test(integer))
        throw badInput(`“${integer}”不是整数。`, `“${integer}” is no whole number.`);
      return [
        {
          type: 'SetParameter',
          data: {
            parameterId,
            value: { kind: 'integer', integer: Number(integer) },
            validFrom: validFrom === undefined ? on : readDate(validFrom, session.clock),
            source,
          },
        },
      ];
    },
  );
};
