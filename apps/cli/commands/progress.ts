import { Option, type Command } from 'commander';
import {
  PROGRESS_DIMENSIONS,
  spendingProgress,
  type ProgressDimension,
  type ProgressLine,
} from '#projections/spending-progress/query';
import { readDate } from '../names.ts';
import { bar, percent, print, printJson, printTable, wan } from '../output.ts';
import { reflected } from '../reflected.ts';
import { badInput, run, withCommonOptions, withReader, type CommonOptions } from '../session.ts';

interface Options extends CommonOptions {
  readonly by: ProgressDimension;
  readonly year?: string;
  readonly on?: string;
}

export const registerProgress = (program: Command): void => {
  withCommonOptions(program.command('progress'))
    .description('支出进度 spending progress')
    .addOption(new Option('--by <dimension>', '分组').choices(PROGRESS_DIMENSIONS).default('town'))
    .option('--year <year>', '资金年度 fiscal year')
    .option('--on <date>', '对照哪一天的序时进度 day to hold it against (today)')
    .action((options: Options) =>
      run(options.lang, () =>
        withReader(options, async ({ views: { db }, store }) => {
          const { by, year } = options;
          const fiscalYear = year === undefined ? {} : { fiscalYear: readYear(year) };
          const report = spendingProgress(db, { by, on: readDate(options.on), ...fiscalYear });
          const reflects = await reflected(store);
          if (options.json === true) return printJson({ reflects, ...report });
          printTable(COLUMNS, [...report.lines, report.total]);
          const { day, days, bp } = report.timeProgress;
          print(
            `\n序时进度 ${report.on}:${day}/${days} 天 = ${percent(bp)};日志位置 ${reflects.position}`,
          );
        }),
      ),
    );
};

const readYear = (text: string): number => {
  if (/^\d{4}$/.test(text)) return Number(text);
  throw badInput(`“${text}”不是年份。`, `“${text}” is no year.`);
};

const amount = (title: string, of: (line: ProgressLine) => number) => ({
  title,
  of: (line: ProgressLine) => wan(of(line)),
  align: 'right' as const,
});

const COLUMNS = [
  { title: '分组', of: ({ label }: ProgressLine) => label },
  amount('下达(万元)', (line) => line.allocatedFen),
  amount('到账', (line) => line.arrivedFen),
  amount('支付', (line) => line.paidFen),
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
