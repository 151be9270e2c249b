import { DatabaseSync } from 'node:sqlite';
import { dictionaryColumns, dictionaryOf } from './dictionary.ts';
import { fileColumnsOf, type Cell, type ColumnNotes, type TableNotes } from './table.ts';

export interface AuditDatabase {
  /** Makes a table; answers what adds a row to it. */
  readonly table: (notes: TableNotes) => (cells: readonly Cell[]) => void;
  readonly close: () => void;
}

/** The tables of the package in one SQLite file, and a dictionary of them. */
export const createAuditDatabase = (file: string): AuditDatabase => {
  const db = new DatabaseSync(file);
  // The package appears whole or not at all, so nothing is to be rolled back.
  db.exec('PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN');
  const made: TableNotes[] = [];
  return {
    table: (notes) => {
      made.push(notes);
      return makeTable(db, notes.name, notes.columns);
    },
    close: () => {
      const add = makeTable(db, 'dictionary', dictionaryColumns);
      for (const entry of dictionaryOf(made)) add(dictionaryColumns.map(({ of }) => of(entry)));
      for (const { name, indexed } of made) {
        for (const column of indexed) {
          db.exec(`CREATE INDEX ${name}_by_${column} ON ${name} (${column})`);
        }
      }
      db.exec('COMMIT');
      db.close();
    },
  };
};

const makeTable = (db: DatabaseSync, name: string, columns: readonly ColumnNotes[]) => {
  db.exec(`CREATE TABLE ${name} (\n  ${columns.map(declared).join(',\n  ')}\n) STRICT`);
  const stored = columns.map((column) => `"${fileColumnsOf(column)[0]?.name}"`);
  const insert = db.prepare(
    `INSERT INTO ${name} (${stored.join(', ')}) VALUES (${stored.map(() => '?').join(', ')})`,
  );
  return (cells: readonly Cell[]): void => void insert.run(...cells);
};

/** Yuan follow from fen, digit by digit: they take no room, and never differ. */
const declared = (column: ColumnNotes): string => {
  const [first, yuan] = fileColumnsOf(column);
  if (first === undefined) throw new Error(`${column.name} is no column.`);
  const own = `"${first.name}" ${first.type}`;
  if (yuan === undefined) return own;
  const digits = `printf('%s%d.%02d', iif(${first.name} < 0, '-', ''), abs(${first.name}) / 100, abs(${first.name}) % 100)`;
  return `${own},\n  "${yuan.name}" TEXT AS (iif(${first.name} IS NULL, NULL, ${digits})) VIRTUAL`;
};
