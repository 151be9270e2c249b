import { Option, type Command } from 'commander';
import { difference } from '#application/queries/difference';
import {
  DIFFERENCE_DIMENSIONS,
  type ChangeReason,
  type DifferenceDimension,
} from '#history/questions/difference';
import { footnote } from '#presentation/footnote';
import type { DifferenceLineView } from '#presentation/questions/difference';
import { withQuestions } from '../ask.ts';
import { withAsOfOptions, type AsOfOptions } from '../options/as-of.ts';
import { FIGURE_NAMES } from '#presentation/questions/figure-names';
import { readCount } from '../options/names.ts';
import { readMeasure, readScope, withScopeOptions, type ScopeOptions } from '../options/scope.ts';
import { wan } from '#presentation/figures';
import { run } from '../session/run.ts';
import type { Session } from '../session/session.ts';
import type { Terminal } from '../output/terminal.ts';
import { amountColumn } from '../output/table.ts';

interface Options extends AsOfOptions, ScopeOptions {
  readonly by: DifferenceDimension;
  readonly figure: string;
  readonly fromAsOf?: string;
  readonly fromKnownAt?: string;
  readonly fromPosition?: string;
  readonly events?: boolean;
  readonly limit: string;
}

export const registerDiff = (program: Command, session: Session): void => {
  const { print, printJson, printTable } = session.terminal;
  withScopeOptions(withAsOfOptions(program.command('diff'), session))
    .description('两个时点之间变了什么、为什么 what changed between two points, and why')
    .option('--from-as-of <date>', '从哪个业务日期起 the earlier point, as a business date')
    .option('--from-known-at <instant>', '从哪个时刻所知起 the earlier point, as an instant')
    .option('--from-position <n>', '从哪个日志位置起 the earlier point, as a position')
    .addOption(
      new Option('--by <dimension>', '分组').choices(DIFFERENCE_DIMENSIONS).default('town'),
    )
    .option('--figure <figure>', '哪个指标 which figure', '结存')
    .option('--events', '列出每一行由哪些事件造成 list the events that explain each line')
    .option('--limit <n>', '每行最多列多少事件 events a line at most', '50')
    .action((options: Options) =>
      run(session, options.lang, () =>
        withQuestions(session, options, async (ask) => {
          const { answer, reflects } = await ask(difference, ({ db }) => ({
            from: earlierPoint(options),
            measure: readMeasure(options.figure),
            by: options.by,
            scope: readScope(db, options),
            limit: readCount(options.limit),
          }));
          const { from, measure, by, lines, total, openAdjustments } = answer;
          if (options.json === true) {
            const open = openAdjustments === undefined ? {} : { openAdjustments };
            return printJson({ reflects, from, measure, by, lines, total, ...open });
          }
          print(`${FIGURE_NAMES[measure].zh}(万元)`);
          printTable(COLUMNS, [...lines, { ...total, changes: [], more: 0 }]);
          if (options.events === true)
            for (const line of lines) printChanges(session.terminal, line, options);
          print(`\n从 ${footnote(from)}\n到 ${footnote(reflects)}`);
        }),
      ),
    );
};

const earlierPoint = ({ fromAsOf, fromKnownAt, fromPosition }: Options) => ({
  ...(fromAsOf === undefined ? {} : { asOf: fromAsOf }),
  ...(fromKnownAt === undefined ? {} : { knownAt: fromKnownAt }),
  ...(fromPosition === undefined ? {} : { position: fromPosition }),
});

const COLUMNS = [
  { title: '分组', of: ({ label }: DifferenceLineView) => label },
  amountColumn('期初', (line: DifferenceLineView) => line.openingFen),
  amountColumn('增加', (line: DifferenceLineView) => line.inFen),
  amountColumn('减少', (line: DifferenceLineView) => line.outFen),
  amountColumn('期末', (line: DifferenceLineView) => line.closingFen),
  {
    title: '事件',
    of: ({ changes, more }: DifferenceLineView) =>
      changes.length + more === 0 ? '' : `${changes.length + more}`,
    align: 'right' as const,
  },
];

const REASONS = {
  counted: '',
  uncounted: '不再计入:',
  carried: '结转:',
} as const satisfies Record<ChangeReason, string>;

const printChanges = (
  { print, printTable }: Terminal,
  { label, changes, more }: DifferenceLineView,
  { lang }: Pick<Options, 'lang'>,
): void => {
  if (changes.length === 0) return;
  print(`\n${label}`);
  type Line = (typeof changes)[number];
  printTable(
    [
      { title: '位置', of: ({ event }: Line) => `${event.position}`, align: 'right' },
      { title: '业务日期', of: ({ event }) => event.occurredOn },
      {
        title: '事项',
        of: ({ event, reason }) => `${REASONS[reason]}${event.sentence[lang]}`,
      },
      {
        title: '增减',
        of: ({ effectFen }) => `${effectFen > 0 ? '+' : ''}${wan(effectFen)}`,
        align: 'right',
      },
    ],
    changes,
  );
  if (more > 0) print(`还有 ${more} 个事件:--limit`);
};
