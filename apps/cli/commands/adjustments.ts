import type { Command } from 'commander';
import { adjustments } from '#application/queries/adjustments';
import { ADJUSTED_ACCOUNT_NAMES } from '#presentation/adjustment-sentence';
import { ADJUSTMENT_STATUS_NAMES } from '#presentation/adjustment-names';
import { wan } from '#presentation/figures';
import { printable } from '#presentation/printable';
import type { AdjustmentEntry } from '#projections/adjustments/query';
import { withQuestions } from '../ask.ts';
import { withAsOfOptions, type AsOfOptions } from '../options/as-of.ts';
import { run } from '../session/run.ts';
import type { Session } from '../session/session.ts';

export const registerAdjustments = (program: Command, session: Session): void => {
  const { print, printJson } = session.terminal;
  withAsOfOptions(program.command('adjustments'), session)
    .description('资金调整文件及各笔办理情况 adjustment documents and their legs')
    .option('--open', '只看没有办完的 only those that are open')
    .action((options: AsOfOptions & { readonly open?: boolean }) =>
      run(session, options.lang, () =>
        withQuestions(session, options, async (ask) => {
          const question = options.open === true ? { isOpen: true } : {};
          const { answer, reflects } = await ask(adjustments, () => question);
          if (options.json === true) return printJson({ reflects, ...answer });
          for (const entry of answer.adjustments) {
            for (const line of linesOf(entry, options.lang)) print(printable(line));
          }
        }),
      ),
    );
};

const linesOf = (entry: AdjustmentEntry, lang: 'zh' | 'en'): readonly string[] => [
  `${entry.approvedOn}  ${entry.approval}  ${ADJUSTMENT_STATUS_NAMES[entry.status][lang]}  ${entry.adjustmentId}`,
  ...entry.legs.map(({ ordinal, direction, account, amountFen, allocationId, fundingSource }) => {
    const sign = direction === 'increase' ? '+' : '-';
    const source = fundingSource === null ? '' : `  ${fundingSource}`;
    const name = ADJUSTED_ACCOUNT_NAMES[account][lang];
    return `  ${ordinal}  ${name} ${sign}${wan(amountFen)} 万元  ${allocationId}${source}`;
  }),
];
