import { allocationIdsOfYear } from '#projections/allocation-register/query';
import { announcementBoard, type BoardEntry } from '#projections/announcement-board/query';
import { pathOfPlace, type Scope } from '../scope.ts';
import { columnsOf, type Table } from '../table.ts';

interface Row extends BoardEntry {
  readonly place: string;
}

const { money, number, text } = columnsOf<Row>();

export const ANNOUNCEMENTS: Table<Row> = {
  name: 'announcements',
  zh: '公告公示:应公示的和已公示的,截至最后入账日',
  en: 'announcements, owed and made, as of the day of the last recording',
  source: 'announcement-board',
  indexed: ['allocationId', 'status'],
  columns: [
    text('allocationId', '资金编号', 'allocation', (row) => row.allocationId),
    text('stage', '安排(plan)或结果(result)', 'of the plan or of the result', (row) => row.stage),
    text('status', '状态', 'where it stands', (row) => row.status),
    text('placeId', '下达地点编号', 'place', (row) => row.placeId),
    text('place', '下达地点', 'names from the county down', (row) => row.place),
    text('projectName', '项目', 'project', (row) => row.projectName),
    money('amount', '金额', 'amount', (row) => row.amountFen),
    text('dueOn', '最迟公示日', 'last day to post it', (row) => row.dueOn),
    text('announcementId', '公示编号', 'announcement', (row) => row.announcementId),
    text('medium', '公示方式', 'where it hangs', (row) => row.medium),
    text('fromDay', '起', 'first day', (row) => row.from),
    text('plannedUntil', '拟至', 'last day as planned', (row) => row.plannedUntil),
    text('dayCount', '按自然日或工作日', 'calendar or working days', (row) => row.dayCount),
    number('daysHeld', '已公示天数', 'days it hung', (row) => row.daysHeld),
    number('tooShort', '1 为不足最短天数', '1 where it was ended too early', ({ tooShort }) =>
      tooShort === undefined ? undefined : Number(tooShort),
    ),
    number(
      'openObjections',
      '未答复异议',
      'objections without an answer',
      (row) => row.openObjections,
    ),
  ],
};

export const announcementRows = (scope: Scope): readonly Row[] => {
  const { db, on, year } = scope;
  const ofYear = allocationIdsOfYear(db, year);
  return announcementBoard(db, { on })
    .filter(({ allocationId }) => ofYear.has(allocationId))
    .map((entry) => ({ ...entry, place: pathOfPlace(scope, entry.placeId) }));
};
