import type { Findings } from './findings.ts';
import type { Plan, PlanRow } from './plan.ts';

/**
 * Cells of a row that cannot be what their column says: digits as a project, a type of project as who
 * carries it out. A comma that no quotation marks guard moves what follows one cell to the right.
 */
export const checkCells = (row: PlanRow, at: string, { fault }: Findings): void => {
  for (const field of ['project', 'projectType', 'implementer'] as const) {
    const text = row[field] ?? '';
    if (!/^[\d.,]+$/.test(text.normalize('NFKC'))) continue;
    fault(
      `${at}/${field}`,
      `“${text}”只有数字,不会是名称;可能是金额里的逗号没有加引号,或各格错了位。`,
      `“${text}” has digits only and is no name; perhaps a comma within an amount is not in quotation marks, or cells are out of place.`,
    );
  }
  const { implementer = '' } = row;
  if (PROJECT_TYPES.has(implementer)) {
    fault(
      `${at}/implementer`,
      `“${implementer}”是项目类型,写在了实施单位一格;各格可能错了位。`,
      `“${implementer}” is a type of project in the column of who carries it out; cells may be out of place.`,
    );
  }
  const said = (['projectType', 'implementer', 'scale', 'taskYear'] as const).filter(
    (field) => row[field] !== undefined,
  );
  if (row.project === undefined && said.length > 0) {
    const en = `${said.join(', ')} without a project: there is nothing that it could be of.`;
    fault(`${at}/project`, '写了项目的类型、实施单位、规模或任务年度,却没有项目名称。', en);
  }
};

const PROJECT_TYPES: ReadonlySet<string> = new Set([
  '产业发展',
  '基础设施',
  '人居环境',
  '就业帮扶',
  '就业项目',
  '乡村建设行动',
  '易地搬迁后扶',
  '巩固三保障成果',
  '乡村治理和精神文明建设',
  '项目管理费',
]);

/** Funds of next year are issued in advance, funds of some years back are issued again. */
const FISCAL_YEARS = { before: 5, after: 1 };
const TASK_YEARS = { before: 10, after: 10 };
const FIRST_YEAR = 1990;
const LAST_YEAR = 2099;

/** Years that can be: of the notice, of its funds, and of the tasks of its rows. */
export const checkYears = ({ notice, annexes }: Plan, findings: Findings): void => {
  const issued = Number(notice.date.slice(0, 4));
  if (issued < FIRST_YEAR || issued > LAST_YEAR) {
    findings.fault(
      '/notice/date',
      `文件日期 ${notice.date} 不在 ${FIRST_YEAR} 至 ${LAST_YEAR} 年之间。`,
      `The day of the notice, ${notice.date}, is not between ${FIRST_YEAR} and ${LAST_YEAR}.`,
    );
    return;
  }
  checkYear(notice.fiscalYear, issued, FISCAL_YEARS, '/notice/fiscalYear', findings);
  annexes.forEach(({ rows }, annex) =>
    rows.forEach(({ taskYear }, row) => {
      const at = `/annexes/${annex}/rows/${row}/taskYear`;
      if (taskYear !== undefined) checkYear(taskYear, issued, TASK_YEARS, at, findings);
    }),
  );
};

const checkYear = (
  year: number,
  issued: number,
  { before, after }: { readonly before: number; readonly after: number },
  at: string,
  findings: Findings,
): void => {
  const [first, last] = [issued - before, issued + after];
  if (year >= first && year <= last) return;
  findings.fault(
    at,
    `${year} 不像是年度;${issued} 年的文件应在 ${first} 至 ${last} 之间。`,
    `${year} is hardly the year; in a notice of ${issued} it is between ${first} and ${last}.`,
  );
};
