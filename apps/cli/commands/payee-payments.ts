import type { Command } from 'commander';
import {
  explainedPayments,
  payeePayments,
  type PayeePayments,
} from '#application/queries/payee-payments';
import { wan } from '#presentation/figures';
import { footnote } from '#presentation/footnote';
import type { PayeeEntry } from '#projections/payee-payments/query';
import { withQuestions, type Ask } from '../ask.ts';
import { withAsOfOptions, type AsOfOptions } from '../options/as-of.ts';
import { readCount } from '../options/names.ts';
import { findPayee } from '../options/payees.ts';
import { run } from '../session/run.ts';
import type { Session } from '../session/session.ts';

interface Options extends AsOfOptions {
  readonly skip: string;
  readonly limit: string;
}

export const registerPayeePayments = (program: Command, session: Session): void => {
  withAsOfOptions(program.command('payee-payments [payee]'), session)
    .description(
      '各收款人收了多少、涉及几个村;指定一个则逐笔列出 payments by payee, or each to one',
    )
    .option('--skip <n>', '跳过多少条 how many to skip', '0')
    .option('--limit <n>', '最多多少条 at most', '100')
    .action((payee: string | undefined, options: Options) =>
      run(session, options.lang, () =>
        withQuestions(session, options, (ask) =>
          payee === undefined
            ? showAll(session, ask, options)
            : showOne(session, ask, payee, options),
        ),
      ),
    );
};

const showAll = async ({ terminal }: Session, ask: Ask, { json }: Options): Promise<void> => {
  const { answer, reflects } = await ask(payeePayments, () => ({}));
  if (json === true) return terminal.printJson({ reflects, ...answer });
  terminal.printTable(PAYEE_COLUMNS, answer.payees);
  terminal.print(`\n合计 ${wan(answer.paidFen)} 万元;${footnote(reflects)}`);
};

const showOne = async (
  { terminal }: Session,
  ask: Ask,
  name: string,
  { skip, limit, json }: Options,
): Promise<void> => {
  const { answer, reflects } = await ask(explainedPayments, ({ db }) => ({
    payeeId: findPayee(db, name),
    page: { skip: readCount(skip, 0), limit: readCount(limit) },
  }));
  if (json === true) return terminal.printJson({ reflects, ...answer });
  const { entries, count, next, paidFen } = answer;
  terminal.printTable(PAYEE_COLUMNS, [answer]);
  terminal.print('');
  terminal.printTable(ENTRY_COLUMNS, entries);
  terminal.print(`\n支付 = ${count} 个事件之和 = ${wan(paidFen)} 万元;${footnote(reflects)}`);
  if (next !== undefined) terminal.print(`还有更多:--skip ${next}`);
};

const right = 'right' as const;

const PAYEE_COLUMNS = [
  { title: '收款人', of: ({ name, payeeId }: PayeePayments) => name ?? `(个人)${payeeId}` },
  { title: '支付(万元)', of: (line: PayeePayments) => wan(line.paidFen), align: right },
  { title: '其中冲销', of: (line: PayeePayments) => wan(line.reversedFen), align: right },
  { title: '笔数', of: (line: PayeePayments) => `${line.payments}`, align: right },
  { title: '资金', of: (line: PayeePayments) => `${line.allocations}`, align: right },
  { title: '村', of: (line: PayeePayments) => `${line.villages}`, align: right },
  { title: '首笔', of: (line: PayeePayments) => line.firstPaidOn ?? '—' },
  { title: '末笔', of: (line: PayeePayments) => line.lastPaidOn ?? '—' },
];

const ENTRY_COLUMNS = [
  { title: '位置', of: ({ position }: PayeeEntry) => `${position}`, align: right },
  { title: '业务日期', of: ({ occurredOn }: PayeeEntry) => occurredOn },
  { title: '事项', of: ({ kind }: PayeeEntry) => (kind === 'payment' ? '支付' : '冲销') },
  { title: '地点', of: ({ placeName }: PayeeEntry) => placeName },
  { title: '资金', of: ({ allocationId }: PayeeEntry) => allocationId.slice(0, 8) },
  { title: '增减(万元)', of: ({ effectFen }: PayeeEntry) => wan(effectFen), align: right },
];
