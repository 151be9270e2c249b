import type { Command } from 'commander';
import { openRequests, type OpenRequest } from '#application/queries/open-requests';
import { wan } from '#presentation/figures';
import { withQuestions } from '../ask.ts';
import { dayOf, withAsOfOptions, type AsOfOptions } from '../options/as-of.ts';
import { readDate } from '../options/names.ts';
import { run } from '../session/run.ts';
import type { Session } from '../session/session.ts';

export const registerRequests = (program: Command, session: Session): void => {
  const { print, printJson, printTable } = session.terminal;
  withAsOfOptions(program.command('requests'), session)
    .description('待办:等待复核或支付的申请 requests that wait')
    .option('--on <date>', '哪一天 as of which day (today)')
    .action((options: AsOfOptions & { readonly on?: string }) =>
      run(session, options.lang, () =>
        withQuestions(session, options, async (ask) => {
          const { answer, reflects } = await ask(openRequests, () => ({
            on: readDate(dayOf(options.on, options), session.clock),
          }));
          if (options.json === true) return printJson({ reflects, ...answer });
          printTable(COLUMNS, answer.requests);
          print(`\n${answer.on} 共 ${answer.requests.length} 项`);
        }),
      ),
    );
};

const COLUMNS = [
  { title: '编号', of: ({ requestId }: OpenRequest) => requestId.slice(0, 8) },
  { title: '等候', of: ({ nextStep }: OpenRequest) => (nextStep === 'approval' ? '复核' : '支付') },
  { title: '天数', of: ({ ageDays }: OpenRequest) => `${ageDays}`, align: 'right' as const },
  { title: '万元', of: ({ amountFen }: OpenRequest) => wan(amountFen), align: 'right' as const },
  { title: '收款人', of: ({ payee }: OpenRequest) => payee ?? '(个人)' },
  { title: '地点', of: ({ place }: OpenRequest) => place.join('') },
  { title: '申请人', of: ({ requestedBy }: OpenRequest) => requestedBy },
  { title: '申请日期', of: ({ requestedOn }: OpenRequest) => requestedOn },
  { title: '用途', of: ({ purpose }: OpenRequest) => purpose },
];
