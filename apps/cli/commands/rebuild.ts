import type { Command } from 'commander';
import { withCommonOptions, type CommonOptions } from '../session/common-options.ts';
import { progressBar } from '../output/progress-bar.ts';
import { badInput } from '../session/exit-codes.ts';
import { withExistingLedger } from '../session/open-ledger.ts';
import { run } from '../session/run.ts';
import type { Session } from '../session/session.ts';

export const registerRebuild = (program: Command, session: Session): void => {
  const { printJson, printTable } = session.terminal;
  withCommonOptions(program.command('rebuild [view]'), session)
    .description('从日志重建视图并比对 rebuild views from the log and compare')
    .action((view: string | undefined, options: CommonOptions) =>
      run(session, options.lang, () =>
        withExistingLedger(session, options, async ({ views }) => {
          const names = views.status().map(({ name }) => name);
          if (view !== undefined && !names.includes(view)) {
            throw badInput(
              `没有视图“${view}”,有:${names.join('、')}。`,
              `There is no view “${view}”: ${names.join(', ')}.`,
            );
          }
          const before = views.digest();
          const progress = progressBar(session.terminal, '重建');
          await views.rebuild(view, ({ done, of }) => progress.update(done, of));
          progress.stop();
          const after = views.digest();
          const rows = names.map((name) => ({
            name,
            digest: after[name] ?? '',
            same: before[name] === after[name],
          }));
          if (options.json === true) return printJson({ views: rows });
          printTable(
            [
              { title: '视图', of: ({ name }) => name },
              { title: '重建前后', of: ({ same }) => (same ? '一致' : '不同') },
              { title: '摘要', of: ({ digest }) => digest },
            ],
            rows,
          );
        }),
      ),
    );
};
