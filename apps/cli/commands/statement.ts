import type { Command } from 'commander';
import { statement } from '#application/queries/statement';
import { linkedSentence } from '#presentation/questions/event';
import { footnote } from '#presentation/footnote';
import {
  remarkOf,
  statementCsv,
  type StatementView,
  type StatementLineView,
} from '#presentation/questions/statement';
import { withQuestions } from '../ask.ts';
import { withAsOfOptions, type AsOfOptions } from '../options/as-of.ts';
import { resolve } from 'node:path';
import { writeOutputFile } from '#files/whole-file';
import { formatYuan } from '#ledger/money';
import { printable } from '#presentation/printable';
import { allocationText } from '#presentation/questions/allocation';
import { findPlaceNamed, readDate } from '../options/names.ts';
import { run } from '../session/run.ts';
import type { Session } from '../session/session.ts';
import type { Terminal } from '../output/terminal.ts';

interface Options extends AsOfOptions {
  readonly from?: string;
  readonly csv?: string | true;
}

export const registerStatement = (program: Command, session: Session): void => {
  const { print, printJson } = session.terminal;
  withAsOfOptions(program.command('statement <place>'), session)
    .description('一个地点的流水账,逐笔结存 passbook of a place')
    .option('--from <date>', '从哪个业务日期起 first day')
    .option('--csv [file]', '输出 CSV(可写到文件) as CSV, to a file if one is named')
    .action((place: string, options: Options) =>
      run(session, options.lang, () =>
        withQuestions(session, options, async (ask) => {
          const { from, csv } = options;
          const { answer, reflects } = await ask(statement, ({ db }) => ({
            placeId: findPlaceNamed(db, place).placeId,
            ...(from === undefined ? {} : { from: readDate(from, session.clock) }),
          }));
          if (options.json === true) return printJson({ reflects, ...answer });
          if (csv === true) return void session.terminal.stdout.write(statementCsv(answer));
          if (csv !== undefined) {
            await writeOutputFile(resolve(csv), statementCsv(answer));
            return print(`${answer.lines.length} 行写到 ${csv}`);
          }
          printBook(session.terminal, answer, options, footnote(reflects));
        }),
      ),
    );
};

const printBook = (
  { print, printTable }: Terminal,
  { path, openingFen, closingFen, lines }: StatementView,
  { from, asOf, lang }: Options,
  note: string,
): void => {
  const name = printable(path.join('/'));
  print(`${name} 资金流水账  ${from ?? '建账'} 至 ${asOf ?? '今日'}  单位:元\n`);
  const opening = { on: '', remark: '期初', subject: '', balanceFen: openingFen };
  type Row = Partial<StatementLineView> & { readonly remark: string; readonly subject: string };
  const rows: readonly Row[] = [
    opening,
    ...lines.map((line) => ({
      ...line,
      remark: line.carried === undefined ? linkedSentence(line.event)[lang] : remarkOf(line),
      subject: line.allocation === undefined ? '' : allocationText(line.allocation),
    })),
  ];
  const money = (title: string, of: (row: Row) => number | undefined) => ({
    title,
    of: (row: Row) => ((of(row) ?? 0) === 0 ? '' : formatYuan(BigInt(of(row) ?? 0))),
    align: 'right' as const,
  });
  printTable(
    [
      { title: '日期', of: ({ on }: Row) => on ?? '' },
      { title: '摘要', of: ({ remark }) => remark },
      { title: '资金', of: ({ subject }) => subject },
      money('下达', ({ allocatedFen }) => allocatedFen),
      money('收入', ({ inFen }) => inFen),
      money('支出', ({ outFen }) => outFen),
      {
        title: '结存',
        of: ({ balanceFen = 0 }) => formatYuan(BigInt(balanceFen)),
        align: 'right',
      },
    ],
    rows,
  );
  const sum = (of: 'inFen' | 'outFen') => lines.reduce((total, line) => total + line[of], 0);
  const [inFen, outFen] = [sum('inFen'), sum('outFen')];
  const said = [openingFen, inFen, outFen, closingFen].map((fen) => formatYuan(BigInt(fen)));
  print(`\n期初 ${said[0]} + 收入 ${said[1]} − 支出 ${said[2]} = 期末 ${said[3]} 元;${note}`);
};
