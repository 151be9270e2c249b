import { cutIntoLines, KINDS, type Kind, type Line } from './csv-lines.ts';
import { letterOf, placeOf } from './csv-places.ts';
import type { PlanFault, ReadPlan } from './plan.ts';
import { annexKey, readPlanValue, SAID_TWICE } from './read-json.ts';

/**
 * Reads the text of a `plan.csv`: lines that begin with `notice`, `place`, `annex`, `row` or
 * `confirmed`, as they are easily kept in a spreadsheet. Places of faults are given as line and
 * column. No line is left out in silence: it is in the plan, or it is blank, or it has a fault.
 */
export const readPlanCsv = (text: string): ReadPlan => {
  const cut = cutIntoLines(text);
  const table = toTable(cut.lines);
  const read = readPlanValue(table.plan);
  return {
    plan: read.plan,
    faults: [...cut.faults, ...table.faults, ...read.faults],
    placeOf: (pointer) => table.shown.get(pointer) ?? placeOf(pointer, table.places),
  };
};

/** What the lines come to: the shape of `plan.json`, and where in the table each part of it is. */
interface Table {
  readonly plan: object;
  /** The line of a part of the plan, by its JSON pointer. */
  readonly places: ReadonlyMap<string, Line>;
  readonly faults: readonly PlanFault[];
  /** Places of single faults, by their JSON pointer. */
  readonly shown: ReadonlyMap<string, string>;
}

const toTable = (lines: readonly Line[]): Table => {
  const places = new Map<string, Line>();
  const faults: PlanFault[] = [];
  const shown = new Map<string, string>();
  const put = (pointer: string, line: Line) => {
    places.set(pointer, line);
    if (line.surplus === undefined) return;
    const at = line.kind === 'annex' ? `${pointer}/statedTotal` : pointer;
    shown.set(at, `行 ${line.number} 列 ${letterOf(line.surplus)}`);
    faults.push({ at, ...moreCells(line.kind) });
  };
  const of = (kind: Kind) => lines.filter((line) => line.kind === kind);
  const parts = (kind: 'place' | 'confirmed', at: string, part: (line: Line) => object) =>
    of(kind).map((line, index) => {
      put(`${at}/${index}`, line);
      return part(line);
    });
  const plan = {
    notice: toNotice(of('notice'), put, faults),
    places: parts('place', '/places', toPlace),
    annexes: toAnnexes(of('annex'), of('row'), put, faults),
    confirmed: parts('confirmed', '/confirmed', ({ cells }) => cells),
  };
  return { plan, places, faults, shown };
};

type Put = (pointer: string, line: Line) => void;

/** A basis may have several lines; any other field has one. */
const toNotice = (lines: readonly Line[], put: Put, faults: PlanFault[]): object => {
  const fields = new Map<string, unknown>();
  const basis: string[] = [];
  for (const line of lines) {
    const { field = '', value = '' } = line.cells;
    if (field !== 'basis' && fields.has(field)) {
      faults.push({ at: `行 ${line.number} 列 B`, ...SAID_TWICE });
      continue;
    }
    put(`/notice/${field}`, line);
    if (field === 'basis') basis.push(...basesIn(value));
    fields.set(field, field === 'basis' ? basis : field === 'fiscalYear' ? numberIn(value) : value);
  }
  return Object.fromEntries(fields);
};

const basesIn = (value: string): readonly string[] =>
  value.split(/[、,，;；]/).filter((basis) => basis.trim() !== '');

const toPlace = ({ cells }: Line): object => {
  const { code } = cells;
  return { path: pathOf(cells), ...(code === undefined ? {} : { code }) };
};

/** Each row belongs to the annex that it names; one that no line declares has a fault. */
const toAnnexes = (
  annexes: readonly Line[],
  rows: readonly Line[],
  put: Put,
  faults: PlanFault[],
): readonly object[] => {
  const rowsOf = new Map<string, object[]>();
  const pointers = new Map<string, string>();
  const values = annexes.map((line, index) => {
    put(`/annexes/${index}`, line);
    const key = annexKey(line.cells['annex'] ?? '');
    const own: object[] = [];
    if (key !== '' && !rowsOf.has(key)) {
      rowsOf.set(key, own);
      pointers.set(key, `/annexes/${index}/rows`);
    }
    return { ...line.cells, rows: own };
  });
  for (const line of rows) {
    const key = annexKey(line.cells['annex'] ?? '');
    const own = rowsOf.get(key);
    if (own === undefined) faults.push(undeclared(line, key));
    else {
      put(`${pointers.get(key)}/${own.length}`, line);
      own.push(toRow(line));
    }
  }
  return values;
};

const toRow = ({ cells }: Line): object => {
  const { annex: _annex, county: _c, town: _t, village: _v, row = '', taskYear, ...others } = cells;
  return {
    ...others,
    row: numberIn(row),
    place: pathOf(cells),
    ...(taskYear === undefined ? {} : { taskYear: numberIn(taskYear) }),
  };
};

/** Names down to the last that is filled; a blank one above it stays and is a fault. */
const pathOf = (cells: Line['cells']): readonly string[] => {
  const names = [cells['county'] ?? '', cells['town'] ?? '', cells['village'] ?? ''];
  return names.slice(0, names.findLastIndex((name) => name !== '') + 1);
};

const numberIn = (text: string): unknown => {
  const digits = text.normalize('NFKC');
  return /^\d{1,9}$/.test(digits) ? Number(digits) : text;
};

const moreCells = (kind: Kind): Pick<PlanFault, 'zh' | 'en'> => {
  const most = KINDS[kind].length + 1;
  return {
    zh: `${kind} 行最多 ${most} 格,这一行更多;带逗号的金额或文字要加英文引号,如 "150,000"。`,
    en: `A line ${kind} has ${most} cells at most, this one has more; put an amount or a text with commas in quotation marks, such as "150,000".`,
  };
};

const undeclared = ({ number }: Line, annex: string): PlanFault => ({
  at: `行 ${number} 列 B`,
  zh: annex === '' ? '没有写附件。' : `附件“${annex}”没有 annex 行说明,这一行不知道归到哪里。`,
  en:
    annex === ''
      ? 'The annex is blank.'
      : `No line annex declares annex “${annex}”, so the row belongs nowhere.`,
});
