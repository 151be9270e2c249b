import type { Command } from 'commander';
import { ageing } from '#application/queries/ageing';
import { AGE_BANDS } from '#history/questions/ageing';
import { businessDateOf } from '#ledger/calendar';
import { footnote } from '#presentation/footnote';
import type { AgeingView, PlaceAgeView } from '#presentation/questions/ageing';
import { withQuestions } from '../ask.ts';
import { dayOf, withAsOfOptions, type AsOfOptions } from '../options/as-of.ts';
import { allocationText } from '#presentation/questions/allocation';
import { readDate } from '../options/names.ts';
import { readScope, withScopeOptions, type ScopeOptions } from '../options/scope.ts';
import { wan } from '#presentation/figures';
import { run } from '../session/run.ts';
import type { Session } from '../session/session.ts';
import type { Terminal } from '../output/terminal.ts';

interface Options extends AsOfOptions, ScopeOptions {
  readonly on?: string;
  readonly lots?: boolean;
}

export const registerAgeing = (program: Command, session: Session): void => {
  const { print, printJson } = session.terminal;
  withScopeOptions(withAsOfOptions(program.command('ageing'), session))
    .description('到账未支付资金的账龄(先进先出) age of money that arrived and is unspent')
    .option('--on <date>', '按哪一天算 day to count to')
    .option('--lots', '逐笔资金列出每次到账剩多少 list what is left of each arrival')
    .action((options: Options) =>
      run(session, options.lang, () =>
        withQuestions(session, options, async (ask) => {
          const { answer, reflects } = await ask(ageing, ({ db, reflects: { knownAt } }) => {
            const known = knownAt === undefined ? undefined : businessDateOf(knownAt);
            const on = readDate(dayOf(options.on, options) ?? known, session.clock);
            return { on, scope: readScope(db, options) };
          });
          if (options.json === true) return printJson({ reflects, ...answer });
          if (options.lots === true) printLots(session.terminal, answer);
          else printPlaces(session.terminal, answer, options.lang);
          const { bands, onHandFen, on } = answer;
          print('');
          print(bands.map((band) => `${band[options.lang]} ${wan(band.fen)}`).join('  '));
          print(`结存 ${wan(onHandFen)} 万元,账龄算到 ${on};${footnote(reflects)}`);
        }),
      ),
    );
};

const printPlaces = ({ printTable }: Terminal, { places }: AgeingView, lang: 'zh' | 'en'): void =>
  printTable(
    [
      { title: '地点', of: ({ path }: PlaceAgeView) => path.join('/') },
      { title: '结存(万元)', of: ({ onHandFen }) => wan(onHandFen), align: 'right' },
      { title: '最久(天)', of: ({ oldestDays }) => `${oldestDays}`, align: 'right' },
      ...AGE_BANDS.map((band, index) => ({
        title: band[lang],
        of: ({ bandsFen }: PlaceAgeView) => wan(bandsFen[index] ?? 0),
        align: 'right' as const,
      })),
    ],
    places,
  );

const printLots = ({ printTable }: Terminal, { allocations }: AgeingView): void => {
  const rows = allocations.flatMap(({ allocation, lots }) =>
    lots.map((lot) => ({ allocation, ...lot })),
  );
  type Row = (typeof rows)[number];
  printTable(
    [
      { title: '资金', of: ({ allocation }: Row) => allocationText(allocation) },
      { title: '项目', of: ({ allocation }) => allocation.projectName ?? '—' },
      { title: '到账日', of: ({ arrivedOn }) => arrivedOn },
      { title: '天数', of: ({ ageDays }) => `${ageDays}`, align: 'right' },
      { title: '剩余(万元)', of: ({ remainingFen }) => wan(remainingFen), align: 'right' },
      { title: '位置', of: ({ position }) => `${position}`, align: 'right' },
    ],
    rows,
  );
};
