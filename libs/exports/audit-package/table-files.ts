import { join } from 'node:path';
import type { AuditDatabase } from './audit-database.ts';
import { openCsvFile } from './csv-file.ts';
import type { Table, TableNotes } from './table.ts';

export interface TableFiles {
  /** A table that is filled row by row. */
  readonly open: <Row>(table: Table<Row>) => { readonly add: (row: Row) => void };
  readonly write: <Row>(table: Table<Row>, rows: Iterable<Row>) => void;
  /** Every table there is, with its rows counted. */
  readonly close: () => readonly WrittenTable[];
}

export interface WrittenTable {
  readonly notes: TableNotes;
  readonly rows: number;
}

/** Each row goes to a CSV file and to the database alike. */
export const openTableFiles = (directory: string, database: AuditDatabase): TableFiles => {
  const opened: { readonly notes: TableNotes; rows: number; readonly close: () => void }[] = [];

  const open = <Row>(table: Table<Row>) => {
    const csv = openCsvFile(join(directory, `${table.name}.csv`), table.columns);
    const insert = database.table(table);
    const written = { notes: table, rows: 0, close: csv.close };
    opened.push(written);
    const add = (row: Row): void => {
      const cells = table.columns.map(({ of }) => of(row));
      csv.add(cells);
      insert(cells);
      written.rows += 1;
    };
    return { add };
  };

  return {
    open,
    write: (table, rows) => {
      const { add } = open(table);
      for (const row of rows) add(row);
    },
    close: () => {
      for (const { close } of opened) close();
      return opened.map(({ notes, rows }) => ({ notes, rows }));
    },
  };
};
