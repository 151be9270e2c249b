import { allocations, type RegisterLine } from '#projections/allocation-register/query';
import { pathOfPlace, type Scope } from '../scope.ts';
import { columnsOf, type Table } from '../table.ts';
import { SUM_COLUMNS } from './sums.ts';

interface Row extends RegisterLine {
  readonly place: string;
}

const { money, number, text } = columnsOf<Row>();

export const ALLOCATIONS: Table<Row> = {
  name: 'allocations',
  zh: '资金台账:文件附件的每一行',
  en: 'the register: every row of every annex',
  source: 'allocation-register',
  indexed: ['allocationId', 'placeId', 'documentNumber'],
  columns: [
    text('allocationId', '资金编号', 'allocation', (row) => row.allocationId),
    text('documentNumber', '文号', 'document number', (row) => row.documentNumber),
    text('annex', '附件', 'annex', (row) => row.annex),
    number('line', '附件内行号', 'row in the annex', (row) => row.line),
    text('placeId', '下达地点编号', 'place the money was issued for', (row) => row.placeId),
    text('place', '下达地点,由县到村', 'its names, from the county down', (row) => row.place),
    text('programme', '资金类别', 'programme', (row) => row.programme),
    number('fiscalYear', '资金年度', 'fiscal year', (row) => row.fiscalYear),
    text('batch', '批次', 'batch', (row) => row.batch),
    text('fundingLevel', '资金级次', 'funding level', (row) => row.fundingLevel),
    text('allocatedOn', '下达日期', 'allocated on', (row) => row.allocatedOn),
    text('statedText', '文件所载金额', 'amount as printed', (row) => row.statedText),
    text('projectName', '项目', 'project', (row) => row.projectName),
    text('projectType', '项目类别', 'type of project', (row) => row.projectType),
    text('implementer', '实施单位', 'implementer', (row) => row.implementer),
    text('scale', '建设规模', 'scale', (row) => row.scale),
    number('taskYear', '任务年度', 'year of the task', (row) => row.taskYear),
    text('status', '资金状态', 'open or closed', (row) => row.status),
    text('projectStatus', '项目状态', 'state of the project', (row) => row.projectStatus),
    number('refusals', '拒付次数', 'attempts to overspend', (row) => row.refusals),
    money('reserved', '申请占用', 'held by requests', (row) => row.reservedFen),
    ...SUM_COLUMNS,
  ],
};

export function* allocationRows(scope: Scope): Iterable<Row> {
  const { db, year } = scope;
  const filter = year === undefined ? {} : { fiscalYear: year };
  for (let after: string | undefined; ;) {
    const page = allocations(db, {
      ...filter,
      limit: 20_000,
      ...(after === undefined ? {} : { after }),
    });
    for (const line of page.lines) yield { ...line, place: pathOfPlace(scope, line.placeId) };
    if (page.next === undefined) return;
    after = page.next;
  }
}
