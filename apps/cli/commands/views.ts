import type { Command } from 'commander';
import { print, printJson, printTable } from '../output.ts';
import { progressBar } from '../progress-bar.ts';
import {
  badInput,
  run,
  withCommonOptions,
  withExistingLedger,
  type CommonOptions,
} from '../session.ts';

export const registerViews = (program: Command): void => {
  withCommonOptions(program.command('rebuild [view]'))
    .description('从日志重建视图并比对 rebuild views from the log and compare')
    .action((view: string | undefined, options: CommonOptions) =>
      run(options.lang, () =>
        withExistingLedger(options, async ({ views }) => {
          const names = views.status().map(({ name }) => name);
          if (view !== undefined && !names.includes(view)) {
            throw badInput(
              `没有视图“${view}”,有:${names.join('、')}。`,
              `There is no view “${view}”: ${names.join(', ')}.`,
            );
          }
          const before = views.digest();
          const progress = progressBar('重建');
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

  withCommonOptions(program.command('digest'))
    .description('视图摘要 digests of all views')
    .action((options: CommonOptions) =>
      run(options.lang, () =>
        withExistingLedger(options, ({ views }) => {
          const digests = views.digest();
          if (options.json === true) printJson({ position: views.position(), digests });
          else for (const [name, digest] of Object.entries(digests)) print(`${digest}  ${name}`);
          return Promise.resolve();
        }),
      ),
    );
};
