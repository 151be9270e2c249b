import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import type { TableSpec } from './view.ts';

/** What a fold sees of a table. Rows are replaced, never written to. */
export interface RowTable<Row> {
  get(key: string): Row | undefined;
  put(row: Row): void;
}

/** What the runner sees of it besides. */
export interface StoredTable {
  /** Keeps what the fold of one event put. */
  keep(): void;
  /** Forgets it: the fold failed. */
  discard(): void;
  /** Writes all that was kept since the last time; inside the runner's transaction. */
  write(): void;
  /** Sum of a column over all rows that were kept. */
  sum(column: string): number;
}

const CACHED_ROWS = 200_000;

/**
 * Rows in memory over a table in SQLite: read when first asked for, written with the checkpoint.
 * The sums of its `…Fen` columns are kept along, so that conservation costs nothing to check.
 */
export const openRowTable = <Row>(
  db: DatabaseSync,
  spec: TableSpec<Row>,
  physicalName: string,
): RowTable<Row> & StoredTable => {
  const columns = Object.keys(spec.columns);
  const moneyColumns = columns.filter((column) => column.endsWith('Fen'));
  const select = db.prepare(`SELECT * FROM ${physicalName} WHERE ${spec.key} = ?`);
  const replace = db.prepare(
    `INSERT OR REPLACE INTO ${physicalName} (${columns.join(', ')})
     VALUES (${columns.map(() => '?').join(', ')})`,
  );
  const sums = sumsOf(db, physicalName, moneyColumns);
  // While nothing was ever evicted from a table that began empty, memory holds every row.
  let holdsAll = isEmpty(db, physicalName);
  let cache = new Map<string, Row>();
  const put = new Map<string, Row>();
  const unwritten = new Set<string>();

  const committed = (key: string): Row | undefined => {
    const cached = cache.get(key);
    if (cached !== undefined || holdsAll) return cached;
    const read = readRow<Row>(select, key);
    if (read !== undefined) cache.set(key, read);
    return read;
  };

  return {
    get: (key) => put.get(key) ?? committed(key),
    put: (row) => void put.set(keyOf(row, spec.key), row),
    keep: () => {
      for (const [key, row] of put) {
        if (moneyColumns.length > 0) addDifference(sums, moneyColumns, committed(key), row);
        cache.set(key, row);
        unwritten.add(key);
      }
      put.clear();
    },
    discard: () => put.clear(),
    write: () => {
      // In order of their keys, so that neighbours in the file are written together.
      for (const key of unwritten.size > 1_000 ? [...unwritten].sort() : unwritten) {
        const row = cache.get(key);
        replace.run(...columns.map((column) => cellOf(row, column)));
      }
      unwritten.clear();
      if (cache.size <= CACHED_ROWS) return;
      cache = new Map();
      holdsAll = false;
    },
    sum: (column) => sums.get(column) ?? 0,
  };
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

const addDifference = (
  sums: Map<string, number>,
  columns: readonly string[],
  before: unknown,
  after: unknown,
): void => {
  for (const column of columns) {
    const old = before === undefined ? 0 : Number(cellOf(before, column) ?? 0);
    const now = Number(cellOf(after, column) ?? 0);
    if (now === old) continue;
    const sum = (sums.get(column) ?? 0) + now - old;
    if (!Number.isSafeInteger(sum)) throw new Error(`The sum of ${column} is no longer exact.`);
    sums.set(column, sum);
  }
};

const sumsOf = (db: DatabaseSync, name: string, columns: readonly string[]) => {
  const row = db
    .prepare(`SELECT count(*) ${columns.map((c) => `, total(${c}) AS ${c}`).join('')} FROM ${name}`)
    .get();
  return new Map(columns.map((column) => [column, Number(row?.[column] ?? 0)]));
};

const isEmpty = (db: DatabaseSync, name: string): boolean =>
  db.prepare(`SELECT 1 FROM ${name} LIMIT 1`).get() === undefined;
