import type { Command } from 'commander';
import { payees } from '#projections/place-directory/payees';
import { withCommonOptions, type CommonOptions } from '../../session/common-options.ts';
import { withReader } from '../../session/open-ledger.ts';
import { run } from '../../session/run.ts';
import type { Session } from '../../session/session.ts';

export const registerPayeeList = (payee: Command, session: Session): void => {
  const { printJson, printTable } = session.terminal;
  withCommonOptions(payee.command('list').description('列出 list'), session).action(
    (options: CommonOptions) =>
      run(session, options.lang, () =>
        withReader(session, options, ({ views: { db } }) => {
          const all = payees(db);
          if (options.json === true) printJson({ payees: all });
          else
            printTable(
              [
                { title: '编号', of: (row) => row.payeeId },
                { title: '性质', of: (row) => row.kind },
                { title: '名称', of: (row) => row.name ?? '(个人)' },
                { title: '并入', of: (row) => row.mergedInto ?? '' },
              ],
              all,
            );
          return Promise.resolve();
        }),
      ),
  );
};
