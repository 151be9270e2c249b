import { CsvError, parse } from 'csv-parse/sync';
import type { PlanFault, ReadPlan } from './plan.ts';
import { readPlanValue } from './read-json.ts';

/** What the first cell of a line says it is, and what its further cells mean. */
const LINES = {
  notice: ['field', 'value'],
  place: ['county', 'town', 'village', 'code'],
  annex: ['annex', 'title', 'unit', 'statedTotal'],
  row: [
    'annex',
    'row',
    'county',
    'town',
    'village',
    'amount',
    'project',
    'projectType',
    'implementer',
    'scale',
    'taskYear',
  ],
} as const satisfies Record<string, readonly string[]>;

type Kind = keyof typeof LINES;

interface Line {
  readonly kind: Kind;
  readonly number: number;
  readonly cells: Readonly<Record<string, string>>;
}

/**
 * Reads the text of a `plan.csv`: lines that begin with `notice`, `place`, `annex` or `row`, as they
 * are easily kept in a spreadsheet. Places of faults are given as line and column.
 */
export const readPlanCsv = (text: string): ReadPlan => {
  const faults: PlanFault[] = [];
  const lines = toLines(text, faults);
  const { plan, places } = toPlanValue(lines);
  const read = readPlanValue(plan);
  return {
    plan: read.plan,
    faults: [...faults, ...read.faults],
    placeOf: (pointer) => placeOf(pointer, places),
  };
};

const toLines = (text: string, faults: PlanFault[]): readonly Line[] => {
  let table: readonly (readonly string[])[];
  try {
    table = parse(text, { relaxColumnCount: true, trim: true, bom: true, skipEmptyLines: false });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    faults.push({
      at: '/',
      zh: '不是完整的 CSV 表格。',
      en: `This is no CSV table: ${error.message}.`,
    });
    return [];
  }
  return table.flatMap(([first = '', ...cells], index) => {
    if (first === '' || first.startsWith('#')) return [];
    const kind = (Object.keys(LINES) as Kind[]).find((one) => one === first);
    if (kind === undefined) {
      const en = `A line begins with notice, place, annex or row, not “${first}”.`;
      faults.push({ at: `行 ${index + 1}`, zh: `不认识以“${first}”开头的行。`, en });
      return [];
    }
    const named = LINES[kind].flatMap((name, column) => {
      const cell = cells[column];
      return cell === undefined || cell === '' ? [] : [[name, cell] as const];
    });
    return [{ kind, number: index + 1, cells: Object.fromEntries(named) }];
  });
};

/** The same shape as `plan.json`, and where in the table each part of it stands. */
const toPlanValue = (lines: readonly Line[]) => {
  const places = new Map<string, Line>();
  const notice = Object.fromEntries(
    of(lines, 'notice').map((line) => {
      const field = line.cells['field'] ?? '';
      places.set(`/notice/${field}`, line);
      return [field, noticeValue(field, line.cells['value'] ?? '')];
    }),
  );
  const planPlaces = of(lines, 'place').map((line, index) => {
    places.set(`/places/${index}`, line);
    const { code } = line.cells;
    return { path: pathOf(line), ...(code === undefined ? {} : { code }) };
  });
  const annexes = of(lines, 'annex').map((line, index) => {
    places.set(`/annexes/${index}`, line);
    const rows = of(lines, 'row').filter((row) => row.cells['annex'] === line.cells['annex']);
    rows.forEach((row, place) => places.set(`/annexes/${index}/rows/${place}`, row));
    return { ...line.cells, rows: rows.map(toRow) };
  });
  return { plan: { notice, places: planPlaces, annexes }, places };
};

const toRow = (line: Line) => {
  const { annex: _annex, county, town, village, row = '', taskYear, ...cells } = line.cells;
  return {
    ...cells,
    row: numberIn(row),
    place: [county, town, village].filter((name) => name !== undefined),
    ...(taskYear === undefined ? {} : { taskYear: numberIn(taskYear) }),
  };
};

const noticeValue = (field: string, value: string): unknown => {
  if (field === 'basis') return value.split(/[、;;]/).filter((basis) => basis !== '');
  return field === 'fiscalYear' ? numberIn(value) : value;
};

const pathOf = ({ cells }: Line): readonly string[] =>
  [cells['county'], cells['town'], cells['village']].filter((name) => name !== undefined);

const numberIn = (text: string): unknown => (/^\d{1,9}$/.test(text) ? Number(text) : text);

const of = (lines: readonly Line[], kind: Kind): readonly Line[] =>
  lines.filter((line) => line.kind === kind);

/** `/annexes/0/rows/2/amount` becomes `行 17 列 G`: what a spreadsheet shows. */
const placeOf = (at: string, places: ReadonlyMap<string, Line>): string => {
  const [pointer, line] = [...places]
    .filter(([known]) => at === known || at.startsWith(`${known}/`))
    .sort(([left], [right]) => right.length - left.length)[0] ?? ['', undefined];
  if (line === undefined) return at;
  const field = at.slice(pointer.length + 1).split('/')[0] ?? '';
  const columns: readonly string[] = LINES[line.kind];
  const column = line.kind === 'notice' ? 1 : columns.indexOf(field === 'place' ? 'county' : field);
  const letter = column < 0 ? '' : ` 列 ${String.fromCharCode('B'.charCodeAt(0) + column)}`;
  return `行 ${line.number}${letter}`;
};
