import type { Command } from 'commander';
import { addDays, daysBetween, isBusinessDate } from '#ledger/calendar';
import { PARAMETER_NAMES } from '#ledger/parameter/known-parameters';
import type { ParameterValue } from '#ledger/parameter/parameter-events';
import { readDate } from '../options/names.ts';
import { badInput } from '../session/exit-codes.ts';
import type { Session } from '../session/session.ts';
import { writes, type WriteOptions } from '../write.ts';

interface ParameterOptions extends WriteOptions {
  readonly validFrom?: string;
  readonly source: string;
  readonly holidays?: string;
  readonly worked?: string;
}

export const registerParameter = (program: Command, session: Session): void => {
  writes('SetParameter')<ParameterOptions>(
    session,
    program
      .command('parameter <id> [value]')
      .description(`设定参数 set a parameter: ${PARAMETER_NAMES.join(', ')}`)
      .option('--holidays <days>', '工作日历:放假的日期,如 2025-01-01,2025-01-28..2025-02-04')
      .option('--worked <days>', '工作日历:调休上班的周末日期,写法同上')
      .option('--valid-from <date>', '从哪天起适用')
      .requiredOption('--source <text>', '依据的文件和条款'),
    ({ on }, { validFrom, source, holidays, worked }, parameterId = '', value = '') => [
      {
        type: 'SetParameter',
        data: {
          parameterId,
          value: readValue(value, holidays, worked),
          validFrom: validFrom === undefined ? on : readDate(validFrom, session.clock),
          source,
        },
      },
    ],
  );
};

/** The days of a calendar, else a whole number, else a text. */
const readValue = (value: string, holidays?: string, worked?: string): ParameterValue => {
  const isCalendar = holidays !== undefined || worked !== undefined;
  if (isCalendar === (value !== '')) {
    throw badInput(
      '须写一个值:整数或文字,或者 --holidays 和 --worked。',
      'One value is required: a whole number or a text, or --holidays and --worked.',
    );
  }
  if (isCalendar) {
    return {
      kind: 'workingCalendar',
      holidays: readDays(holidays),
      workedWeekendDays: readDays(worked),
    };
  }
  return /^\d{1,9}$/.test(value)
    ? { kind: 'integer', integer: Number(value) }
    : { kind: 'text', text: value };
};

/** `2025-01-01,2025-01-28..2025-02-04`: days, and periods with both their ends. */
const readDays = (text = ''): readonly string[] =>
  text
    .split(/[,,]/)
    .filter((part) => part.trim() !== '')
    .flatMap((part) => {
      const [from = '', until = from] = part.trim().split('..');
      if (!isBusinessDate(from) || !isBusinessDate(until) || !isWithinYear(from, until)) {
        throw badInput(
          `“${part}”不是日期或一年以内的期间(2025-01-28..2025-02-04)。`,
          `“${part}” is neither a day nor a period of at most a year (2025-01-28..2025-02-04).`,
        );
      }
      return Array.from({ length: daysBetween(from, until) + 1 }, (_, at) => addDays(from, at));
    });

const isWithinYear = (from: string, until: string): boolean => {
  const days = daysBetween(from, until);
  return days >= 0 && days < 366;
};
