import { KINDS, type Kind, type Line } from './csv-lines.ts';

/** `/annexes/0/rows/2/amount` becomes `行 17 列 G`: what a spreadsheet shows. */
export const placeOf = (at: string, places: ReadonlyMap<string, Line>): string => {
  let pointer = at;
  while (pointer !== '' && !places.has(pointer)) {
    pointer = pointer.slice(0, pointer.lastIndexOf('/'));
  }
  const line = places.get(pointer);
  if (line === undefined) return at;
  const [field = '', part = '0'] = at.slice(pointer.length + 1).split('/');
  const column = columnOf(line.kind, field, Number(part));
  return column < 1 ? `行 ${line.number}` : `行 ${line.number} 列 ${letterOf(column)}`;
};

/** Counted from 0 with the cell that names the kind; 0 where a fault is of the whole line. */
const columnOf = (kind: Kind, field: string, part: number): number => {
  if (kind === 'notice') return 2;
  const columns: readonly string[] = KINDS[kind];
  const isPath = field === 'place' || field === 'path';
  return isPath ? columns.indexOf('county') + 1 + part : columns.indexOf(field) + 1;
};

/** A, B … Z, AA, AB …; columns are counted from 0. */
export const letterOf = (column: number): string =>
  (column < 26 ? '' : letterOf(Math.floor(column / 26) - 1)) +
  String.fromCharCode('A'.charCodeAt(0) + (column % 26));
