import { CsvError, parse } from 'csv-parse/sync';
import { foldForComparing, foldPrinted } from '#ledger/printed-text';
import type { PlanFault } from './plan.ts';

/** What the first cell of a line says it is, and what its further cells mean. */
export const KINDS = {
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
  confirmed: ['question', 'of'],
} as const satisfies Record<string, readonly string[]>;

export type Kind = keyof typeof KINDS;

/** A line of a table that says what it is. */
export interface Line {
  readonly kind: Kind;
  /** Counted from 1, as a spreadsheet shows it. */
  readonly number: number;
  /** By the name of their column; blank ones are left out. */
  readonly cells: Readonly<Record<string, string>>;
  /** The first cell that the kind has no column for, where the line may have been shifted. */
  readonly surplus?: number;
}

export interface CutText {
  readonly lines: readonly Line[];
  /** Of lines that could not be read at all; their places are lines and columns. */
  readonly faults: readonly PlanFault[];
}

/** A line cut into cells, the first of which names the kind. */
interface Cut {
  readonly kind: Kind;
  readonly number: number;
  readonly cells: readonly string[];
}

/**
 * Cuts the text of a table into lines. Every line ends where it ends, in whatever way, so that no quote
 * that is left open and no strange line end takes the next line with it. A line that is not blank is
 * either among the lines or has a fault.
 */
export const cutIntoLines = (text: string): CutText => {
  const cut: Cut[] = [];
  const faults: PlanFault[] = [];
  text.split(/\r\n|\n|\r/).forEach((line, index) => {
    const number = index + 1;
    const cells = cellsOf(line);
    if (cells === undefined) faults.push(brokenQuotes(number));
    else if (cells.some((cell) => cell !== '')) {
      const kind = kindOf(cells[0] ?? '');
      if (kind === undefined) faults.push(unknownKind(number, cells));
      else cut.push({ kind, number, cells });
    }
  });
  const isPadded = paddingIn(cut);
  return { lines: cut.map((one) => toLine(one, isPadded)), faults };
};

/** Undefined where quotation marks are not closed, or stand within a cell. */
const cellsOf = (line: string): readonly string[] | undefined => {
  if (!line.includes('"')) return line.split(',').map(foldPrinted);
  try {
    const [cells = []] = parse(foldPrinted(line), { relaxColumnCount: true, trim: true });
    return cells.map(foldPrinted);
  } catch (error) {
    if (error instanceof CsvError) return undefined;
    throw error;
  }
};

const kindOf = (cell: string): Kind | undefined => {
  const name = foldForComparing(cell).toLowerCase();
  return (Object.keys(KINDS) as Kind[]).find((kind) => kind === name);
};

const toLine = (one: Cut, isPadded: (one: Cut) => boolean): Line => {
  const { kind, number, cells } = one;
  const named = KINDS[kind].flatMap((name, column) => {
    const cell = cells[column + 1];
    return cell === undefined || cell === '' ? [] : [[name, cell] as const];
  });
  const width = widthOf(kind);
  const filled = cells.findIndex((cell, column) => column >= width && cell !== '');
  // A comma in a text moves the rest to the right, where a row is often blank at its end.
  const isShifted = kind === 'row' && cells.length > width && !isPadded(one);
  const surplus = filled >= 0 ? filled : isShifted ? width : undefined;
  const line = { kind, number, cells: Object.fromEntries(named) };
  return surplus === undefined ? line : { ...line, surplus };
};

const widthOf = (kind: Kind): number => KINDS[kind].length + 1;

/**
 * Tells blank cells that a spreadsheet adds to every line from one that a comma has pushed out: where
 * lines of other kinds are as long, or have as many blank cells too many, the whole table is padded.
 */
const paddingIn = (lines: readonly Cut[]): ((one: Cut) => boolean) => {
  const others = lines.filter(
    ({ kind, cells }) => kind !== 'row' && cells.slice(widthOf(kind)).every((cell) => cell === ''),
  );
  const lengths = new Set(others.map(({ cells }) => cells.length));
  const excesses = new Set(others.map(({ kind, cells }) => cells.length - widthOf(kind)));
  return ({ kind, cells }) =>
    lengths.has(cells.length) || excesses.has(cells.length - widthOf(kind));
};

const brokenQuotes = (number: number): PlanFault => ({
  at: `行 ${number}`,
  zh: '引号没有在本行成对:文字里的引号要写成两个,单元格里不能换行。',
  en: 'Quotation marks are not paired on this line: write those of a text twice, and no line break in a cell.',
});

const unknownKind = (number: number, cells: readonly string[]): PlanFault => {
  const [first = ''] = cells;
  if (first === '') {
    return {
      at: `行 ${number} 列 A`,
      zh: '第一格是空的,不知道这一行是什么;应写 notice、place、annex、row 或 confirmed。',
      en: 'The first cell is blank, so what the line is is not known: notice, place, annex, row or confirmed.',
    };
  }
  const [beginning = '', separator] = first.split(/([\t;；，、|])/);
  if (separator !== undefined && kindOf(beginning) !== undefined) {
    return {
      at: `行 ${number}`,
      zh: '各格之间要用英文逗号(,)隔开。',
      en: 'Cells are separated by the comma of ASCII (,).',
    };
  }
  const shown = first.length > 40 ? `${first.slice(0, 40)}…` : first;
  return {
    at: `行 ${number}`,
    zh: `不认识以“${shown}”开头的行。`,
    en: `A line begins with notice, place, annex, row or confirmed, not “${shown}”.`,
  };
};
