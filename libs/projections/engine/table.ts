export type Cell = string | number | null;
export type ColumnType = 'TEXT' | 'INTEGER';

/** A table of a view: what its rows look like and which column names them. */
export interface TableSpec<Row> {
  readonly name: string;
  readonly key: string;
  readonly columns: Readonly<Record<string, ColumnType>>;
  /** Columns that queries look rows up by. */
  readonly indexed: readonly string[];
  /** Columns whose sum over all rows an invariant asks for at every commit. */
  readonly summed: readonly string[];
  /** Carries the type of its rows; never set. */
  readonly row?: Row;
}

export const table = <Row extends { readonly [Column in keyof Row]: Cell }>(
  name: string,
  key: keyof Row & string,
  columns: Readonly<Record<keyof Row & string, ColumnType>>,
  {
    indexed = [],
    summed = [],
  }: {
    readonly indexed?: readonly (keyof Row & string)[];
    readonly summed?: readonly (keyof Row & string)[];
  } = {},
): TableSpec<Row> => ({ name, key, columns, indexed, summed });
