import { formatYuan } from '#ledger/money';
import { csvLine } from './csv-line.ts';
import { openOutFile } from './out-file.ts';
import { fileColumnsOf, type Cell, type ColumnNotes } from './table.ts';

/** A table for a spreadsheet: UTF-8 with its mark, money in fen and in yuan, no cell taken for a formula. */
export const openCsvFile = (path: string, columns: readonly ColumnNotes[]) => {
  const file = openOutFile(path);
  const names = columns.flatMap(fileColumnsOf).map(({ name }) => name);
  file.write(`\uFEFF${csvLine(names)}`);
  return {
    add: (cells: readonly Cell[]): void => {
      file.write(csvLine(cells.flatMap((cell, index) => written(cell, columns[index]))));
    },
    close: file.close,
  };
};

const written = (cell: Cell, column: ColumnNotes | undefined): Cell | readonly Cell[] => {
  if (column?.kind !== 'money') return cell;
  return [cell, typeof cell === 'number' ? plainYuan(cell) : null];
};

/** `1600000.00`: as spreadsheets read it. */
const plainYuan = (fen: number): string => formatYuan(BigInt(fen)).replaceAll(',', '');
