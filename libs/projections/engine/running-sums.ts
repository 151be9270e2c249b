import type { DatabaseSync } from 'node:sqlite';

/** Sums of some columns over all rows of a table, while its rows are replaced. */
export interface RunningSums<Row> {
  /** `before` answers the row that is replaced. */
  replace(key: string, row: Row, before: (key: string) => Row | undefined): void;
  /** Throws when the sum is no longer exact. */
  of(column: string): number;
}

/** The running sums of the columns named, all of them safe integers. */
export const openRunningSums = <Row>(
  db: DatabaseSync,
  table: string,
  columns: readonly string[],
): RunningSums<Row> => {
  const select = columns.map((column) => `coalesce(sum(${column}), 0) AS ${column}`).join(', ');
  const found = db.prepare(`SELECT ${select} FROM ${table}`).get();
  const sums = new Map<string, number>(columns.map((column) => [column, Number(found?.[column])]));
  /** Rows replaced since the sums were last asked for: as they were, and as they are. */
  const replaced = new Map<string, { readonly before: Row | undefined; after: Row }>();

  const settle = (): void => {
    for (const { before, after } of replaced.values()) {
      for (const column of columns) {
        const gained = cellOf(after, column) - cellOf(before, column);
        if (gained !== 0) sums.set(column, exact((sums.get(column) ?? 0) + gained, column));
      }
    }
    replaced.clear();
  };

  return {
    replace: (key, after, before) => {
      const pending = replaced.get(key);
      if (pending === undefined) replaced.set(key, { before: before(key), after });
      else pending.after = after;
    },
    of: (column) => {
      if (replaced.size > 0) settle();
      return sums.get(column) ?? 0;
    },
  };
};

const cellOf = (row: unknown, column: string): number =>
  // `table` lists integer columns of its own rows alone.
  row === undefined ? 0 : ((row as Readonly<Record<string, number>>)[column] ?? 0);

const exact = (sum: number, column: string): number => {
  if (!Number.isSafeInteger(sum)) throw new Error(`The sum of ${column} is no longer exact.`);
  return sum;
};
