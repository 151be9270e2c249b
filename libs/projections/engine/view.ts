import type { EventType } from '#ledger/event-types';
import type { RowTable } from './row-table.ts';
import type { ViewEvent } from './view-event.ts';

export type Cell = string | number | null;
export type ColumnType = 'TEXT' | 'INTEGER';

/** A table of a view: what its rows look like and which column names them. */
export interface TableSpec<Row> {
  readonly name: string;
  readonly key: string;
  readonly columns: Readonly<Record<string, ColumnType>>;
  /** Columns that queries look rows up by. */
  readonly indexed: readonly string[];
  /** Carries the type of its rows; never set. */
  readonly row?: Row;
}

export const table = <Row extends { readonly [Column in keyof Row]: Cell }>(
  name: string,
  key: keyof Row & string,
  columns: Readonly<Record<keyof Row & string, ColumnType>>,
  indexed: readonly (keyof Row & string)[] = [],
): TableSpec<Row> => ({ name, key, columns, indexed });

type Tables = Readonly<Record<string, TableSpec<unknown>>>;

/** The rows a fold may touch: one `RowTable` for each table of its view. */
export type RowsOf<Specs extends Tables> = {
  readonly [Name in keyof Specs]: Specs[Name] extends TableSpec<infer Row> ? RowTable<Row> : never;
};

/**
 * What a fold needs of the log: every event whole, or only events of the types named, and of all
 * others no more than which money moved and on which day. While a view is rebuilt it may be shown
 * nothing else, which is several times faster.
 */
export type Reads = 'everything' | readonly EventType[];

export interface ViewDefinition<Specs extends Tables> {
  readonly name: string;
  /** Raised when tables or fold change meaning; the view is then built anew from the log. */
  readonly version: number;
  readonly tables: Specs;
  readonly reads: Reads;
  /** The rows after an event. It touches nothing else: no clock, no other view, no file. */
  readonly fold: (rows: RowsOf<Specs>, event: ViewEvent) => void;
}

/** A view with its row types kept to itself, so that different views stand in one list. */
export interface View {
  readonly name: string;
  readonly version: number;
  readonly reads: Reads;
  readonly tables: readonly TableSpec<unknown>[];
  readonly bind: (open: <Row>(spec: TableSpec<Row>) => RowTable<Row>) => (event: ViewEvent) => void;
}

export const defineView = <Specs extends Tables>(definition: ViewDefinition<Specs>): View => {
  const { name, version, reads, tables, fold } = definition;
  return {
    name,
    version,
    reads,
    tables: Object.values(tables),
    bind: (open) => {
      const opened = Object.entries(tables).map(([key, spec]) => [key, open(spec)] as const);
      // Each table was opened with its own spec, so the rows are of its type.
      const rows = Object.fromEntries(opened) as RowsOf<Specs>;
      return (event) => fold(rows, event);
    },
  };
};
