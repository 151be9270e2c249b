import { hash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { ReadDatabase } from './read-database.ts';
import { openRowTable, type StoredTable } from './row-table.ts';
import type { View } from './view.ts';
import type { TableSpec } from './table.ts';
import type { ViewEvent } from './view-event.ts';

/** Where a view stands and, when it cannot go on, why. */
export interface ViewStatus {
  readonly name: string;
  readonly version: number;
  readonly generation: number;
  /** The last event it holds; 0 before the first. */
  readonly position: number;
  readonly halted?: Halt;
}

/** Why a view goes no further. What it holds is right up to its position, and is read no more. */
export interface Halt {
  readonly cause: HaltCause;
  /** The event at which it halted; where money was not conserved, the last one that was folded. */
  readonly position: number;
  readonly eventId: string;
  readonly reason: string;
}

export type HaltCause =
  | 'event-not-folded' // the view cannot take in the event
  | 'newer-release' // a later release wrote the event: nothing here knows what it means
  | 'not-conserved'; // what was folded does not add up

/** One generation of a view: its tables, its checkpoint, and its fold. */
export interface Generation {
  readonly view: View;
  readonly generation: number;
  /** The last event that was folded. */
  position: number;
  /** The last event whose rows can be read. */
  committed: number;
  halted: Halt | undefined;
  readonly fold: (event: ViewEvent) => void;
  readonly tables: ReadonlyMap<string, StoredTable>;
  /** The tables that the fold of the event at hand has put rows into. */
  readonly touched: StoredTable[];
}

/**
 * Tables that tell where each view stands, `serving` being the generation that queries see, and by the
 * leaf of the newest event that any of them holds, which log they were folded from.
 */
export const prepareViewStore = (db: DatabaseSync): void => {
  db.exec(`
    CREATE TABLE IF NOT EXISTS view_generation (
      name TEXT NOT NULL,
      generation INTEGER NOT NULL,
      version INTEGER NOT NULL,
      position INTEGER NOT NULL,
      serving INTEGER NOT NULL,
      halted TEXT,
      PRIMARY KEY (name, generation)
    ) STRICT;
    CREATE TABLE IF NOT EXISTS folded_log (position INTEGER NOT NULL, leaf TEXT NOT NULL) STRICT;
  `);
};

interface GenerationRow {
  readonly generation: number;
  readonly version: number;
  readonly position: number;
  readonly halted: string | null;
}

/** Where each view is, as the file that its writer folds into says. */
export const viewStatesIn = (db: ReadDatabase): readonly ViewStatus[] =>
  db
    .all<GenerationRow & { readonly name: string }>(
      'SELECT * FROM view_generation WHERE serving = 1 ORDER BY name',
    )
    .map(({ name, version, generation, position, halted }) => ({
      ...{ name, version, generation, position },
      ...(halted === null ? {} : { halted: JSON.parse(halted) as Halt }),
    }));

/** The generation that queries see, if there is one; `isCurrent` tells whether it is still good. */
export const servingGeneration = (db: DatabaseSync, view: View): GenerationRow | undefined =>
  generationRow(db, 'SELECT * FROM view_generation WHERE name = ? AND serving = 1', view);

/** Whether a generation is of this release's view: its version, and tables with the very columns. */
export const isCurrent = (db: DatabaseSync, view: View, row: GenerationRow): boolean =>
  row.version === view.version &&
  view.tables.every(({ name, columns }) => {
    const made = db
      .prepare('SELECT name, type FROM pragma_table_info(?)')
      .all(physical(name, row.generation))
      .map((column) => `${String(column['name'])} ${String(column['type'])}`);
    return (
      made.join() ===
      Object.entries(columns)
        .map((column) => column.join(' '))
        .join()
    );
  });

export const openGeneration = (db: DatabaseSync, view: View, row: GenerationRow): Generation => {
  const { generation, position, halted } = row;
  const why = halted === null ? undefined : (JSON.parse(halted) as Halt);
  const stands = { position, committed: position, halted: why };
  return { view, generation, ...stands, ...bound(db, view, generation) };
};

/** Makes empty tables beside those that serve; what an earlier unfinished attempt left is removed. */
export const newGeneration = (db: DatabaseSync, view: View): Generation => {
  for (const row of db
    .prepare('SELECT generation FROM view_generation WHERE name = ? AND serving = 0')
    .all(view.name)) {
    dropGeneration(db, view, Number(row['generation']));
  }
  const newest = servingGeneration(db, view)?.generation ?? 0;
  const generation = newest + 1;
  for (const spec of view.tables) db.exec(createTable(spec, generation));
  db.prepare('INSERT INTO view_generation VALUES (?, ?, ?, 0, 0, NULL)').run(
    view.name,
    generation,
    view.version,
  );
  const stands = { position: 0, committed: 0, halted: undefined };
  return { view, generation, ...stands, ...bound(db, view, generation) };
};

/** Lets queries see this generation from now on, and drops the one they saw before. */
export const serveGeneration = (db: DatabaseSync, { view, generation }: Generation): void => {
  const before = servingGeneration(db, view);
  db.exec('BEGIN IMMEDIATE');
  for (const spec of view.tables) {
    const { name } = spec;
    db.exec(createIndexes(spec, generation));
    db.exec(`DROP VIEW IF EXISTS ${name};
             CREATE VIEW ${name} AS SELECT * FROM ${physical(name, generation)}`);
  }
  db.prepare('UPDATE view_generation SET serving = (generation = ?) WHERE name = ?').run(
    generation,
    view.name,
  );
  db.exec('COMMIT');
  if (before !== undefined) dropGeneration(db, view, before.generation);
};

/** The newest event that was folded, by its leaf in the tree over the log. */
export interface Folded {
  readonly position: number;
  readonly leaf: string;
}

/** What the views of a file were folded from; undefined for a file without events. */
export const foldedIn = (db: DatabaseSync): Folded | undefined =>
  // The columns of `folded_log`, made above.
  db.prepare('SELECT position, leaf FROM folded_log').get() as unknown as Folded | undefined;

/** Rows and checkpoints of all generations in one transaction: each event counts exactly once. */
export type CommitGenerations = (
  generations: readonly Generation[],
  folded: Folded | undefined,
) => void;

export const createCommit = (db: DatabaseSync): CommitGenerations => {
  const begin = db.prepare('BEGIN IMMEDIATE');
  const commit = db.prepare('COMMIT');
  const checkpoint = db.prepare(
    'UPDATE view_generation SET position = ?, halted = ? WHERE name = ? AND generation = ?',
  );
  const known = db.prepare('SELECT 1 FROM folded_log').get() !== undefined;
  if (!known) db.exec("INSERT INTO folded_log VALUES (0, '')");
  const remember = db.prepare('UPDATE folded_log SET position = ?, leaf = ?');
  return (generations, folded) => {
    begin.run();
    try {
      if (folded !== undefined) remember.run(folded.position, folded.leaf);
      for (const { view, generation, position, halted, tables } of generations) {
        for (const stored of tables.values()) if (stored.unwritten() > 0) stored.write();
        const why = halted === undefined ? null : JSON.stringify(halted);
        checkpoint.run(position, why, view.name, generation);
      }
      commit.run();
    } catch (error) {
      if (db.isTransaction) db.exec('ROLLBACK');
      throw error;
    }
    for (const one of generations) {
      for (const stored of one.tables.values()) if (stored.unwritten() > 0) stored.committed();
      one.committed = one.position;
    }
  };
};

/** SHA-256 over all rows of a view in order of their keys: equal rows, equal digest. */
export const digestOf = (db: DatabaseSync, { view, generation }: Generation): string => {
  let digest = '';
  for (const { name, key } of view.tables) {
    const rows = db.prepare(`SELECT * FROM ${physical(name, generation)} ORDER BY ${key}`);
    for (const row of rows.iterate()) digest = hash('sha256', digest + JSON.stringify(row), 'hex');
    digest = hash('sha256', `${digest}${name}`, 'hex');
  }
  return digest;
};

const bound = (db: DatabaseSync, view: View, generation: number) => {
  const tables = new Map<string, StoredTable>();
  const touched: StoredTable[] = [];
  const fold = view.bind((spec) => {
    const name = physical(spec.name, generation);
    const stored = openRowTable(db, spec, name, (table) => void touched.push(table));
    tables.set(spec.name, stored);
    return stored;
  });
  return { fold, tables, touched };
};

const createTable = ({ name, key, columns }: TableSpec<unknown>, generation: number) => {
  const table = physical(name, generation);
  const cells = Object.entries(columns).map(
    ([column, type]) => `${column} ${type}${column === key ? ' PRIMARY KEY NOT NULL' : ''}`,
  );
  return `CREATE TABLE ${table} (${cells.join(', ')}) STRICT, WITHOUT ROWID`;
};

/** Indexes are made once the rows are there, which is faster than keeping them while they come. */
const createIndexes = ({ name, indexed }: TableSpec<unknown>, generation: number): string => {
  const table = physical(name, generation);
  return indexed
    .map((column) => `CREATE INDEX ${table}_by_${column} ON ${table} (${column});`)
    .join(' ');
};

const dropGeneration = (db: DatabaseSync, view: View, generation: number): void => {
  for (const { name } of view.tables) db.exec(`DROP TABLE IF EXISTS ${physical(name, generation)}`);
  db.prepare('DELETE FROM view_generation WHERE name = ? AND generation = ?').run(
    view.name,
    generation,
  );
};

const physical = (name: string, generation: number): string => `${name}__g${generation}`;

const generationRow = (db: DatabaseSync, sql: string, view: View): GenerationRow | undefined =>
  // The columns of `view_generation`, made above.
  db.prepare(sql).get(view.name) as unknown as GenerationRow | undefined;
