import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { createRowCache } from './row-cache.ts';
import { openRunningSums } from './running-sums.ts';
import type { TableSpec } from './table.ts';

/** What a fold sees of a table. Rows are replaced, never written into. */
export interface RowTable<Row> {
  get(key: string): Row | undefined;
  put(row: Row): void;
}

/** What the runner sees of it besides. */
export interface StoredTable {
  /** Keeps what the fold of one event put. */
  stage(): void;
  /** Forgets it: the fold failed. */
  discard(): void;
  /** Forgets all that was kept and not written yet; no sum can be asked for any more. */
  abandon(): void;
  /** Rows that were kept and not written yet. */
  unwritten(): number;
  /** Writes all that was kept and not written yet; inside the runner's transaction. */
  write(): void;
  /** The transaction was committed; until then, what was written is written again. */
  committed(): void;
  /** Sum of an account's column over all rows that were kept. */
  sum(column: string): number;
}

/**
 * Rows in memory over a table in SQLite: read when first asked for, written with the checkpoint.
 * The sums of its account columns are kept along, so that conservation costs little to check.
 * `onTouched` hears of the first row that is put for an event.
 */
export const openRowTable = <Row>(
  db: DatabaseSync,
  spec: TableSpec<Row>,
  physicalName: string,
  onTouched: (table: StoredTable) => void,
): RowTable<Row> & StoredTable => {
  const columns = Object.keys(spec.columns);
  const select = db.prepare(`SELECT * FROM ${physicalName} WHERE ${spec.key} = ?`);
  const replace = db.prepare(
    `INSERT OR REPLACE INTO ${physicalName} (${columns.join(', ')})
     VALUES (${columns.map(() => '?').join(', ')})`,
  );
  const sums =
    spec.summed.length === 0 ? undefined : openRunningSums<Row>(db, physicalName, spec.summed);
  const cache = createRowCache((key) => readRow<Row>(select, key), isEmpty(db, physicalName));
  const put = new Map<string, Row>();
  let changed = new Map<string, Row>();

  const current = (key: string): Row | undefined => changed.get(key) ?? cache.get(key);

  const self: RowTable<Row> & StoredTable = {
    get: (key) => put.get(key) ?? current(key),
    put: (row) => {
      if (put.size === 0) onTouched(self);
      put.set(keyOf(row, spec.key), row);
    },
    stage: () => {
      for (const [key, row] of put) {
        sums?.replace(key, row, current);
        changed.set(key, row);
      }
      put.clear();
    },
    discard: () => put.clear(),
    abandon: () => {
      changed = new Map();
    },
    unwritten: () => changed.size,
    write: () => {
      // In order of their keys, so that neighbours in the file are written together.
      const keys = changed.size > 1_000 ? [...changed.keys()].sort() : changed.keys();
      for (const key of keys) {
        const row = changed.get(key);
        replace.run(...columns.map((column) => cellOf(row, column)));
      }
    },
    committed: () => {
      for (const [key, row] of changed) cache.set(key, row);
      changed = new Map();
    },
    sum: (column) => sums?.of(column) ?? 0,
  };
  return self;
};

const readRow = <Row>(select: StatementSync, key: string): Row | undefined =>
  // The table was made from the spec of this row.
  select.get(key) as unknown as Row | undefined;

const cellOf = (row: unknown, column: string): SQLInputValue =>
  // Rows hold cells only: `table` sees to it.
  (row as Readonly<Record<string, SQLInputValue>>)[column] ?? null;

const keyOf = (row: unknown, column: string): string => {
  const key = cellOf(row, column);
  if (typeof key !== 'string') throw new Error(`A row has no ${column} to be known by.`);
  return key;
};

const isEmpty = (db: DatabaseSync, name: string): boolean =>
  db.prepare(`SELECT 1 FROM ${name} LIMIT 1`).get() === undefined;
