import stringWidth from 'string-width';
import { formatWan } from '#ledger/money';

export const print = (text: string): void => void process.stdout.write(`${text}\n`);
export const printJson = (value: unknown): void => print(JSON.stringify(value, null, 2));
export const warn = (text: string): void => void process.stderr.write(`${text}\n`);

/** 万元, exact, as documents state it. */
export const wan = (amountFen: number): string => formatWan(BigInt(amountFen));

/** A share in basis points as a percentage. */
export const percent = (bp: number | null): string =>
  bp === null ? '—' : `${(bp / 100).toFixed(2)}%`;

/** Ten cells for a share, for those who look before they read. */
export const bar = (bp: number | null): string => {
  const filled = Math.max(0, Math.min(10, Math.round((bp ?? 0) / 1_000)));
  return '█'.repeat(filled) + '░'.repeat(10 - filled);
};

export interface Column<Row> {
  readonly title: string;
  readonly of: (row: Row) => string;
  readonly align?: 'right';
}

/** Rows in columns that line up, Chinese characters counted as the two cells they take. */
export const printTable = <Row>(columns: readonly Column<Row>[], rows: readonly Row[]): void => {
  const table = [
    columns.map(({ title }) => title),
    ...rows.map((row) => columns.map((c) => c.of(row))),
  ];
  const widths = columns.map((_column, index) =>
    Math.max(...table.map((cells) => stringWidth(cells[index] ?? ''))),
  );
  for (const cells of table) {
    const line = cells.map((cell, index) => {
      const space = ' '.repeat((widths[index] ?? 0) - stringWidth(cell));
      return columns[index]?.align === 'right' ? space + cell : cell + space;
    });
    print(line.join('  ').trimEnd());
  }
};
