import type { EventType } from '#ledger/event-types';
import type { RowTable } from './row-table.ts';
import type { TableSpec } from './table.ts';
import type { TransferEvent, ViewEvent, ViewEventOf } from './view-event.ts';

type Tables = Readonly<Record<string, TableSpec<unknown>>>;

/** The rows a fold may touch: one `RowTable` for each table of its view. */
export type RowsOf<Specs extends Tables> = {
  readonly [Name in keyof Specs]: Specs[Name] extends TableSpec<infer Row> ? RowTable<Row> : never;
};

/**
 * The event types whose data a fold reads. Of all other events a reader need show no more than
 * which money moved and on which day, and only of those that move money.
 */
export type Reads = readonly EventType[];

/** What a view does with an event of each type that it reads. */
export type Handlers<Rows> = {
  readonly [Type in EventType]?: (rows: Rows, event: ViewEventOf<Type>) => void;
};

export interface ViewDefinition<Specs extends Tables> {
  readonly name: string;
  /** Raised when the fold changes; the view is then built anew from the log, as it is when its columns change. */
  readonly version: number;
  readonly tables: Specs;
  /** The rows after an event. Handlers touch nothing else: no clock, no other view, no file. */
  readonly on?: Handlers<RowsOf<Specs>>;
  /** The rows after money moved; called after the handler of the event's type. */
  readonly onTransfer?: (rows: RowsOf<Specs>, event: TransferEvent) => void;
}

/** A view with its row types kept to itself, so that different views fit into one list. */
export interface View {
  readonly name: string;
  readonly version: number;
  readonly reads: Reads;
  readonly tables: readonly TableSpec<unknown>[];
  readonly bind: (open: <Row>(spec: TableSpec<Row>) => RowTable<Row>) => (event: ViewEvent) => void;
}

export const defineView = <Specs extends Tables>(definition: ViewDefinition<Specs>): View => {
  const { name, version, tables, on = {}, onTransfer } = definition;
  return {
    name,
    version,
    // The keys of `Handlers` are event types.
    reads: Object.keys(on) as EventType[],
    tables: Object.values(tables),
    bind: (open) => {
      const opened = Object.entries(tables).map(([key, spec]) => [key, open(spec)] as const);
      // Each table was opened with its own spec, so the rows are of its type.
      const rows = Object.fromEntries(opened) as RowsOf<Specs>;
      // A handler takes the events of the type it is listed under.
      const handlers = on as Readonly<
        Record<string, (rows: RowsOf<Specs>, event: ViewEvent) => void>
      >;
      return (event) => {
        handlers[event.type]?.(rows, event);
        if (onTransfer !== undefined && movesMoney(event)) onTransfer(rows, event);
      };
    },
  };
};

const movesMoney = (event: ViewEvent): event is TransferEvent => event.transfer !== undefined;
