import type { Command } from 'commander';
import { registerWithPlaces } from '#application/queries/register';
import type { RegisterLine } from '#projections/allocation-register/query';
import { withQuestions } from '../ask.ts';
import { withAsOfOptions, type AsOfOptions } from '../options/as-of.ts';
import { run } from '../session/run.ts';
import type { Session } from '../session/session.ts';
import { amountColumn } from '../output/table.ts';

/** More rows than a county has. */
const ALL_ROWS = 1_000_000;

export const registerRegister = (program: Command, session: Session): void => {
  const { printJson, printTable } = session.terminal;
  withAsOfOptions(program.command('register'), session)
    .description('资金台账:每一行资金 register of allocations')
    .option('--annex <annex>', '只看一个附件 one annex only')
    .action((options: AsOfOptions & { readonly annex?: string }) =>
      run(session, options.lang, () =>
        withQuestions(session, options, async (ask) => {
          const filter = options.annex === undefined ? {} : { annex: options.annex };
          const { answer, reflects } = await ask(registerWithPlaces, () => ({
            ...filter,
            limit: ALL_ROWS,
          }));
          const { lines, paths } = answer;
          if (options.json === true) return printJson({ reflects, lines });
          printTable(columns(paths), lines);
        }),
      ),
    );
};

const columns = (paths: ReadonlyMap<string, readonly string[]>) => [
  { title: '编号', of: ({ allocationId }: RegisterLine) => allocationId.slice(0, 8) },
  { title: '文号', of: ({ documentNumber }: RegisterLine) => documentNumber },
  { title: '附件/行', of: ({ annex, line }: RegisterLine) => `${annex}/${line}` },
  { title: '地点', of: ({ placeId }: RegisterLine) => paths.get(placeId)?.join('/') ?? placeId },
  { title: '项目', of: ({ projectName }: RegisterLine) => projectName ?? '—' },
  { title: '类型', of: ({ projectType }: RegisterLine) => projectType ?? '未分类' },
  amountColumn('下达(万元)', (line: RegisterLine) => line.allocatedFen),
  amountColumn('到账', (line: RegisterLine) => line.arrivedFen),
  amountColumn('支付', (line: RegisterLine) => line.paidFen),
  amountColumn('占用', (line: RegisterLine) => line.reservedFen),
  { title: '状态', of: ({ status }: RegisterLine) => (status === 'open' ? '在办' : '已结项') },
];
