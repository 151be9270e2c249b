import { Option, type Command } from 'commander';
import { progress } from '#application/queries/progress';
import { footnote } from '#presentation/footnote';
import {
  PROGRESS_DIMENSIONS,
  type ProgressDimension,
  type ProgressLine,
  type TimeProgress,
} from '#projections/spending-progress/report';
import { withQuestions } from '../ask.ts';
import { dayOf, withAsOfOptions, type AsOfOptions } from '../options/as-of.ts';
import { readDate, readYear } from '../options/names.ts';
import { bar, percent } from '#presentation/figures';
import { badInput } from '../session/exit-codes.ts';
import { run } from '../session/run.ts';
import type { Session } from '../session/session.ts';
import { amountColumn } from '../output/table.ts';

interface Options extends AsOfOptions {
  readonly by: ProgressDimension;
  readonly year?: string;
  readonly on?: string;
}

export const registerProgress = (program: Command, session: Session): void => {
  const { print, printJson, printTable } = session.terminal;
  withAsOfOptions(program.command('progress'), session)
    .description('支出进度 spending progress')
    .addOption(new Option('--by <dimension>', '分组').choices(PROGRESS_DIMENSIONS).default('town'))
    .option('--year <year>', '资金年度 fiscal year')
    .option('--on <date>', '同 --as-of:截至哪一天,对照那天的序时进度 the same as --as-of')
    .action((options: Options) =>
      run(session, options.lang, () =>
        withQuestions(session, asOfDay(options), async (ask) => {
          const { by, year } = options;
          const { answer, reflects } = await ask(progress, () => ({
            by,
            on: readDate(dayOf(options.on, options), session.clock),
            ...(year === undefined ? {} : { fiscalYear: readYear(year) }),
          }));
          if (options.json === true) return printJson({ reflects, ...answer });
          printTable(COLUMNS, [...answer.lines, answer.total]);
          print(`\n序时进度 ${answer.on}:${clockText(answer.timeProgress)};${footnote(reflects)}`);
          if (by === 'month') print('每月对照当月末;月份未过完的,对照上述日期。');
        }),
      ),
    );
};

/** What had happened by the day that it is held against: the one day has two names. */
const asOfDay = (options: Options): Options => {
  const { on, asOf } = options;
  if (on === undefined) return options;
  if (asOf !== undefined && asOf !== on) {
    throw badInput(
      '--on 和 --as-of 是一个意思,只能写一个日期。',
      '--on means the same as --as-of; give one day.',
    );
  }
  return { ...options, asOf: on };
};

/** `183/366 天 = 50.00%`; of several fiscal years each, then all by how much was allocated. */
const clockText = ({ bp, day, days, years = [] }: TimeProgress): string => {
  if (day !== undefined) return `${day}/${days} 天 = ${percent(bp)}`;
  const each = years.map((year) => `${year.fiscalYear} 年 ${year.day}/${year.days} 天`);
  return `${each.join(',')};按下达额合计 ${percent(bp)}`;
};

const COLUMNS = [
  { title: '分组', of: ({ label }: ProgressLine) => label },
  amountColumn('下达(万元)', (line: ProgressLine) => line.allocatedFen),
  amountColumn('到账', (line: ProgressLine) => line.arrivedFen),
  amountColumn('支付', (line: ProgressLine) => line.paidFen),
  {
    title: '支付÷下达',
    of: (line: ProgressLine) => `${bar(line.paidOfAllocatedBp)} ${percent(line.paidOfAllocatedBp)}`,
  },
  {
    title: '支付÷到账',
    of: (line: ProgressLine) => percent(line.paidOfArrivedBp),
    align: 'right' as const,
  },
  {
    title: '落后序时',
    of: (line: ProgressLine) => percent(line.behindBp),
    align: 'right' as const,
  },
];
