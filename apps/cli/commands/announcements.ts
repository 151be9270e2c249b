import type { Command } from 'commander';
import {
  announcementBoard,
  type BoardEntry,
  type BoardStatus,
} from '#projections/announcement-board/query';
import { announcementBoardView } from '#projections/announcement-board/view';
import { readDate } from '../options/names.ts';
import { wan } from '../output/amounts.ts';
import { dayOf, withAsOfOptions, withQueryContext, type AsOfOptions } from '../scene.ts';
import { run } from '../session/run.ts';
import type { Session } from '../session/session.ts';

const STATUS: Record<BoardStatus, string> = {
  missing: '应公示未公示',
  overdue: '期满未结束',
  due: '待公示',
  running: '公示中',
  ended: '已公示',
  withdrawn: '已撤回',
};

export const registerAnnouncements = (program: Command, session: Session): void => {
  const { print, printJson, printTable } = session.terminal;
  withAsOfOptions(program.command('announcements'), session)
    .description('公告公示:待办、进行、逾期 announcement board')
    .option('--on <date>', '哪一天 as of which day (today)')
    .action((options: AsOfOptions & { readonly on?: string }) =>
      run(session, options.lang, () =>
        withQueryContext(session, options, [announcementBoardView], ({ db, reflects }) => {
          const on = readDate(dayOf(options.on, options), session.clock);
          const entries = announcementBoard(db, { on });
          if (options.json === true) {
            return printJson({ reflects, on, entries });
          }
          printTable(COLUMNS, entries);
          print(`\n${on} 共 ${entries.length} 项`);
        }),
      ),
    );
};

const COLUMNS = [
  { title: '状态', of: ({ status }: BoardEntry) => STATUS[status] },
  { title: '阶段', of: ({ stage }: BoardEntry) => (stage === 'plan' ? '安排' : '结果') },
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
