import { DatabaseSync } from 'node:sqlite';
import { EVENT_COLUMNS, POSTING_COLUMNS, type Cells, type ColumnNote } from './tables.ts';

/** The tables of the package in one SQLite file, with a dictionary of their columns. */
export const createAuditDatabase = (file: string) => {
  const db = new DatabaseSync(file);
  // Written once and read through in the end: durability on the way is nobody's concern.
  db.exec('PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN');
  const addEvent = table(db, 'event', EVENT_COLUMNS);
  const addPosting = table(db, 'posting', POSTING_COLUMNS);
  db.exec('CREATE TABLE dictionary (tableName TEXT, columnName TEXT, zh TEXT, en TEXT) STRICT');
  const explain = db.prepare('INSERT INTO dictionary VALUES (?, ?, ?, ?)');
  for (const [name, columns] of [
    ['event', EVENT_COLUMNS],
    ['posting', POSTING_COLUMNS],
  ] as const) {
    for (const column of columns) explain.run(name, column.name, column.zh, column.en);
  }
  return {
    addEvent,
    addPosting,
    close: (): void => {
      db.exec(`COMMIT; CREATE INDEX posting_by_allocation ON posting (allocationId);
        CREATE INDEX posting_by_place ON posting (placeId); CREATE INDEX event_by_stream ON event (stream)`);
      db.close();
    },
  };
};

const table = (db: DatabaseSync, name: string, columns: readonly ColumnNote[]) => {
  db.exec(
    `CREATE TABLE ${name} (${columns.map((column) => `${column.name} ${column.type} NOT NULL`).join(', ')}) STRICT`,
  );
  const insert = db.prepare(`INSERT INTO ${name} VALUES (${columns.map(() => '?').join(', ')})`);
  return (cells: Cells): void => void insert.run(...cells);
};
