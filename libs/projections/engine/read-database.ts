import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';

/** What queries see of the views: rows, and nothing to change them with. */
export interface ReadDatabase {
  all<Row>(sql: string, ...values: readonly SQLInputValue[]): readonly Row[];
  get<Row>(sql: string, ...values: readonly SQLInputValue[]): Row | undefined;
}

/** Prepares each query once, and again when tables were switched beneath it. */
export const readDatabase = (db: DatabaseSync): ReadDatabase => {
  const prepared = new Map<string, StatementSync>();
  const statement = (sql: string): StatementSync => {
    let known = prepared.get(sql);
    if (known === undefined) {
      known = db.prepare(sql);
      prepared.set(sql, known);
    }
    return known;
  };
  // A query names the row type of the columns it selects.
  return {
    all: <Row>(sql: string, ...values: readonly SQLInputValue[]) =>
      statement(sql).all(...values) as unknown as readonly Row[],
    get: <Row>(sql: string, ...values: readonly SQLInputValue[]) =>
      statement(sql).get(...values) as unknown as Row | undefined,
  };
};
