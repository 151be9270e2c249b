import { Option, type Command } from 'commander';
import { progress } from '#application/queries/progress';
import { footnote } from '#presentation/footnote';
import {
  PROGRESS_DIMENSIONS,
  type ProgressDimension,
  type ProgressLine,
} from '#projections/spending-progress/query';
import { withQuestions } from '../ask.ts';
import { dayOf, withAsOfOptions, type AsOfOptions } from '../options/as-of.ts';
import { readDate, readYear } from '../options/names.ts';
import { bar, percent } from '#presentation/figures';
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
    .option('--on <date>', '对照哪一天的序时进度 day to hold it against (today)')
    .action((options: Options) =>
      run(session, options.lang, () =>
        withQuestions(session, options, async (ask) => {
          const { by, year } = options;
          const { answer, reflects } = await ask(progress, () => ({
            by,
            on: readDate(dayOf(options.on, options), session.clock),
            ...(year === undefined ? {} : { fiscalYear: readYear(year) }),
          }));
          if (options.json === true) return printJson({ reflects, ...answer });
          printTable(COLUMNS, [...answer.lines, answer.total]);
          const { day, days, bp } = answer.timeProgress;
          print(`\n序时进度 ${answer.on}:${day}/${days} 天 = ${percent(bp)};${footnote(reflects)}`);
        }),
      ),
    );
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
