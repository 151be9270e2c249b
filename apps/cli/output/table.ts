import stringWidth from 'string-width';
import { wan } from '#presentation/figures';
import { printable } from '#presentation/printable';

export interface Column<Row> {
  readonly title: string;
  readonly of: (row: Row) => string;
  readonly align?: 'right';
}

/** A column of amounts in 万元, from fen. */
export const amountColumn = <Row>(title: string, fenOf: (row: Row) => number): Column<Row> => ({
  title,
  of: (row) => wan(fenOf(row)),
  align: 'right',
});

/** Rows in columns that line up, each on one line, Chinese characters counted as the two cells they take. */
export const tableLines = <Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
): readonly string[] => {
  const table = [
    columns.map(({ title }) => title),
    ...rows.map((row) => columns.map((c) => printable(c.of(row)))),
  ];
  const widths = columns.map((_column, index) =>
    Math.max(...table.map((cells) => stringWidth(cells[index] ?? ''))),
  );
  return table.map((cells) => {
    const line = cells.map((cell, index) => {
      const space = ' '.repeat((widths[index] ?? 0) - stringWidth(cell));
      return columns[index]?.align === 'right' ? space + cell : cell + space;
    });
    return line.join('  ').trimEnd();
  });
};
