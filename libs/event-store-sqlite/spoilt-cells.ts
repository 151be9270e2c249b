import type { SQLOutputValue, StatementSync } from 'node:sqlite';

export type Cells = readonly SQLOutputValue[];

/** Undefined where SQLite cannot read what was asked for. */
export const tried = (
  statement: StatementSync,
  ...values: readonly number[]
): Cells[] | undefined => {
  try {
    // What a statement that returns arrays returns.
    return statement.all(...values) as unknown as Cells[];
  } catch {
    return undefined;
  }
};

/** A spoilt row may hold anything where a text should be. */
export const text = (cell: SQLOutputValue | undefined): string => {
  if (cell instanceof Uint8Array) return Buffer.from(cell).toString();
  return cell === null || cell === undefined ? '' : String(cell);
};
