import type { Command } from 'commander';
import { withCommonOptions, type CommonOptions } from '../session/common-options.ts';
import type { Session } from '../session/session.ts';

export interface AsOfOptions extends CommonOptions {
  readonly asOf?: string;
  readonly knownAt?: string;
  readonly position?: string;
}

/** The options of a command that can look at any point in the past. */
export const withAsOfOptions = (command: Command, session: Session): Command =>
  withCommonOptions(command, session)
    .option('--as-of <date>', '截至业务日期 what had happened by a day')
    .option('--known-at <instant>', '截至时刻所知 what was known at an instant or a day’s end')
    .option('--position <n>', '截至日志位置 what was known at a position of the log');

/** The day a question is held against: the one asked for, else the day looked back to. */
export const dayOf = (on: string | undefined, { asOf }: AsOfOptions): string | undefined =>
  on ?? asOf;
