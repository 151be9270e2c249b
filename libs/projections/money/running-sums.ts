import type { DatabaseSync } from 'node:sqlite';
import { ACCOUNT_COLUMNS, type AccountSums } from './account-sums.ts';

type Column = keyof AccountSums;
const COLUMNS = Object.keys(ACCOUNT_COLUMNS) as readonly Column[];

/** Sums of the account columns over all rows of a table, while its rows are replaced. */
export interface RunningSums<Row> {
  /** `before` answers the row that is replaced. */
  replace(key: string, row: Row, before: (key: string) => Row | undefined): void;
  /** Throws when the sum is no longer exact. */
  of(column: string): number;
}

/** The running sums of a table that holds accounts; undefined for any other. */
export const accountSumsOf = <Row>(
  db: DatabaseSync,
  name: string,
  columns: readonly string[],
): RunningSums<Row> | undefined => {
  if (!columns.includes(COLUMNS[0] ?? '')) return undefined;
  const select = COLUMNS.map((column) => `coalesce(sum(${column}), 0) AS ${column}`).join(', ');
  const found = db.prepare(`SELECT ${select} FROM ${name}`).get();
  const sums = new Map<string, number>(COLUMNS.map((column) => [column, Number(found?.[column])]));
  /** Rows replaced since the sums were last asked for: as they were, and as they are. */
  const replaced = new Map<string, { readonly before: Row | undefined; after: Row }>();

  const settle = (): void => {
    for (const { before, after } of replaced.values()) {
      for (const column of COLUMNS) {
        const gained = fenOf(after, column) - fenOf(before, column);
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

const fenOf = (row: unknown, column: Column): number =>
  // The table was found to have the account columns.
  row === undefined ? 0 : (row as AccountSums)[column];

const exact = (sum: number, column: string): number => {
  if (!Number.isSafeInteger(sum)) throw new Error(`The sum of ${column} is no longer exact.`);
  return sum;
};
