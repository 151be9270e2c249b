import type { Command } from 'commander';
import { announcements } from '#application/queries/announcements';
import { BOARD_STATUS_NAMES, STAGE_NAMES } from '#presentation/announcement-names';
import type { BoardEntry } from '#projections/announcement-board/query';
import { withQuestions } from '../ask.ts';
import { dayOf, withAsOfOptions, type AsOfOptions } from '../options/as-of.ts';
import { readDate } from '../options/names.ts';
import { wan } from '#presentation/figures';
import { run } from '../session/run.ts';
import type { Session } from '../session/session.ts';

export const registerAnnouncements = (program: Command, session: Session): void => {
  const { print, printJson, printTable } = session.terminal;
  withAsOfOptions(program.command('announcements'), session)
    .description('公告公示:待办、进行、逾期 announcement board')
    .option('--on <date>', '哪一天 as of which day (today)')
    .action((options: AsOfOptions & { readonly on?: string }) =>
      run(session, options.lang, () =>
        withQuestions(session, options, async (ask) => {
          const { answer, reflects } = await ask(announcements, () => ({
            on: readDate(dayOf(options.on, options), session.clock),
          }));
          if (options.json === true) return printJson({ reflects, ...answer });
          printTable(COLUMNS, answer.entries);
          print(`\n${answer.on} 共 ${answer.entries.length} 项`);
        }),
      ),
    );
};

const COLUMNS = [
  { title: '状态', of: ({ status }: BoardEntry) => BOARD_STATUS_NAMES[status].zh },
  { title: '阶段', of: ({ stage }: BoardEntry) => STAGE_NAMES[stage].zh },
  { title: '地点', of: ({ placeName }: BoardEntry) => placeName },
  { title: '项目', of: ({ projectName }: BoardEntry) => projectName ?? '—' },
  { title: '万元', of: ({ amountFen }: BoardEntry) => wan(amountFen), align: 'right' as const },
  { title: '应于', of: ({ dueOn }: BoardEntry) => dueOn ?? '' },
  {
    title: '公示期',
    of: ({ from, plannedUntil }: BoardEntry) =>
      from === undefined ? '' : `${from} 至 ${plannedUntil}`,
  },
  {
    title: '还剩',
    of: ({ daysLeft, dayCount }: BoardEntry) =>
      daysLeft === undefined ? '' : `${daysLeft} ${dayCount === 'working' ? '工作日' : '天'}`,
  },
  {
    title: '异议',
    of: ({ openObjections }: BoardEntry) => (openObjections ? String(openObjections) : ''),
  },
];
