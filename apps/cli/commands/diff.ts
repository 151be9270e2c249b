import { Option, type Command } from 'commander';
import {
  difference,
  DIFFERENCE_DIMENSIONS,
  type ChangeReason,
  type DifferenceDimension,
} from '#history/questions/difference';
import type { AsOf } from '#history/as-of/as-of';
import { NO_DAY_LIMIT, type Reflects } from '#history/as-of/as-of-request';
import { presentDifference, type DifferenceLineView } from '#presentation/questions/difference';
import { FIGURE_NAMES } from '#presentation/questions/figure-names';
import type { QueryContext } from '#application/queries/query-context';
import { readCount } from '../options/names.ts';
import { readMeasure, readScope, withScopeOptions, type ScopeOptions } from '../options/scope.ts';
import { wan } from '../output/amounts.ts';
import {
  footnote,
  refuseAsOf,
  withAsOfOptions,
  withQueryContext,
  type AsOfOptions,
} from '../scene.ts';
import { run } from '../session/run.ts';
import type { Session } from '../session/session.ts';
import type { Terminal } from '../output/terminal.ts';

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
        withQueryContext(session, options, [], async (scene) => {
          const { db, store, historicalReads, within, reflects } = scene;
          const from = await earlierPoint(scene, options);
          const measure = readMeasure(options.figure);
          const question = { measure, by: options.by, scope: readScope(db, options) };
          const found = difference(await historicalReads.history(), from.asOf, within, question);
          const told = await presentDifference(store, found, readCount(options.limit));
          if (options.json === true) {
            return printJson({ reflects, from: from.reflects, measure, by: options.by, ...told });
          }
          print(`${FIGURE_NAMES[measure].zh}(万元)`);
          const total = { ...told.total, changes: [], more: 0 };
          printTable(COLUMNS, [...told.lines, total]);
          if (options.events === true)
            for (const line of told.lines) printChanges(session.terminal, line, options);
          print(`\n从 ${footnote(from.reflects)}\n到 ${footnote(reflects)}`);
        }),
      ),
    );
};

interface FoundEarlier {
  readonly asOf: AsOf;
  readonly reflects: Reflects;
}

/** The beginning of the ledger when no earlier point is named. */
const earlierPoint = async (
  { historicalReads }: Pick<QueryContext, 'historicalReads'>,
  { fromAsOf, fromKnownAt, fromPosition }: Options,
): Promise<FoundEarlier> => {
  const question = {
    ...(fromAsOf === undefined ? {} : { asOf: fromAsOf }),
    ...(fromKnownAt === undefined ? {} : { knownAt: fromKnownAt }),
    ...(fromPosition === undefined ? {} : { position: fromPosition }),
  };
  if (Object.keys(question).length === 0) {
    return { asOf: { position: 0, day: NO_DAY_LIMIT }, reflects: { position: 0 } };
  }
  const found = await historicalReads.point(question);
  return found.kind === 'point' ? found.point : refuseAsOf(found.faults);
};

const COLUMNS = [
  { title: '分组', of: ({ label }: DifferenceLineView) => label },
  amount('期初', (line) => line.openingFen),
  amount('增加', (line) => line.inFen),
  amount('减少', (line) => line.outFen),
  amount('期末', (line) => line.closingFen),
  {
    title: '事件',
    of: ({ changes, more }: DifferenceLineView) =>
      changes.length + more === 0 ? '' : `${changes.length + more}`,
    align: 'right' as const,
  },
];

function amount(title: string, of: (line: DifferenceLineView) => number) {
  const align = 'right' as const;
  return { title, of: (line: DifferenceLineView) => wan(of(line)), align };
}

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
