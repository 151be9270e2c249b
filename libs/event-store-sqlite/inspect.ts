import { DatabaseSync, type SQLOutputValue, type StatementSync } from 'node:sqlite';
import type { Hash } from '#integrity/hash';
import type { StoredHash } from '#integrity/tree';
import { openForReading } from './open-file.ts';
import { createSchema } from './schema.ts';

/** A row of the log as it stands in the file: an event, or what is left of one. */
export interface InspectedRow {
  readonly kind: 'row';
  readonly position: number;
  readonly revision: number;
  readonly stream: string;
  readonly type: string;
  readonly id: string;
  readonly meta: string;
  readonly data: string;
  readonly leaf: Hash;
  readonly facets: readonly (number | null)[];
  /** Where the table has it, when its neighbours or the index tell that this is not where it was put. */
  readonly strayedTo?: number;
}

/** A position that ought to hold an event and holds none that can be read. */
export interface NoRow {
  readonly kind: 'no-row';
  readonly position: number;
  /** As far as the index still knows; empty otherwise. */
  readonly stream: string;
}

/** The file under the glass: one moment of it, whoever writes meanwhile. Nothing in it is believed. */
export interface Inspection {
  /** Rows from the first position on; each position once, and a gap is told once. */
  readonly rows: () => Iterable<InspectedRow | NoRow>;
  /** The hashes kept of the tree above its leaves. */
  readonly subtrees: () => readonly StoredHash[];
  /** What SQLite finds wrong with pages and indexes, and tables and triggers that are not as made. */
  readonly damage: () => readonly string[];
  readonly close: () => void;
}

/** Throws `StoreUnusable` when the file cannot be opened at all. */
export const inspectFile = (file: string, facetNames: readonly string[]): Inspection => {
  const db = openForReading(file, facetNames);
  db.exec('BEGIN');
  return {
    rows: () => rowsOf(db, facetNames),
    subtrees: () => subtreesOf(db),
    damage: () => [...damageOf(db), ...departures(db, facetNames)],
    close: () => db.close(),
  };
};

const PAGE_ROWS = 1_000;

function* rowsOf(db: DatabaseSync, facetNames: readonly string[]): Iterable<InspectedRow | NoRow> {
  const select = (where: string, as: (column: string) => string = (column) => column) => {
    const own = ['position', 'revision'].map((name) => as(`event.${name}`));
    const texts = [...['id', 'meta', 'data'].map((name) => as(`event.${name}`)), 'hex(event.leaf)'];
    const names = ['stream', 'type'].map(
      (table) => `(SELECT ${as('name')} FROM ${table} WHERE number = event.${table})`,
    );
    const columns = [...own, ...names, ...texts, ...facetNames.map(as)];
    const statement = db.prepare(`SELECT ${columns.join(', ')} FROM event WHERE ${where}`);
    statement.setReturnArrays(true);
    return statement;
  };
  const after = `position > ? ORDER BY position LIMIT ${PAGE_ROWS}`;
  const page = select(after);
  // A number that was spoilt may be beyond what the page's statement can hand over.
  const asText = (column: string) => `CAST(${column} AS TEXT)`;
  const [pageOfTexts, single] = [select(after, asText), select('position = ?', asText)];
  const { isIndexedAt, streamAt } = indexOf(db);
  const noRow = (position: number): NoRow => {
    return { kind: 'no-row', position, stream: streamAt(position) };
  };
  const through = lastPosition(db);
  let lost = 0;
  for (let position = 0; position < through && lost < MOST_LOST;) {
    const several = tried(page, position) ?? tried(pageOfTexts, position);
    // Without an error this is the end, whatever the last position is said to be.
    if (several?.length === 0) return;
    const rows = (several ?? tried(single, position + 1) ?? []).map(toRow);
    if (rows.length === 0) {
      yield noRow((position += 1));
      lost += 1;
      continue;
    }
    for (const [index, row] of rows.entries()) {
      const expected = position + 1;
      const isBefore = rows[index + 1]?.position === expected + 1;
      const strayed = row.position !== expected && (isBefore || isIndexedAt(row, expected));
      if (strayed) {
        const stream = row.stream || streamAt(expected);
        yield { ...row, stream, position: expected, strayedTo: row.position };
      } else {
        if (row.position !== expected) yield noRow(expected);
        if (!(row.position >= expected)) return; // Out of order: SQLite says more of that.
        yield row;
      }
      position = strayed ? expected : row.position;
    }
    lost = 0;
  }
}

/** So many rows one after the other that cannot be read are the end. */
const MOST_LOST = 2_000;

/** What the index on streams knows of rows, which it keeps a second time. */
const indexOf = (db: DatabaseSync) => {
  const ofIndex = 'FROM event INDEXED BY sqlite_autoindex_event_1 WHERE';
  const positionOf = db.prepare(
    `SELECT position ${ofIndex} stream = (SELECT number FROM stream WHERE name = ?) AND revision = ?`,
  );
  const streamOf = db.prepare(
    `SELECT (SELECT name FROM stream WHERE number = event.stream) ${ofIndex} stream > 0 AND +position = ?`,
  );
  return {
    /** Whether it has a row at a position, though the table has it at another. */
    isIndexedAt: ({ stream, revision }: InspectedRow, position: number): boolean =>
      first(positionOf, stream, revision) === position,
    /** The stream of the row at a position; reads the whole index. */
    streamAt: (position: number): string => text(first(streamOf, position)),
  };
};

const first = (
  statement: StatementSync,
  ...values: readonly (string | number)[]
): SQLOutputValue | undefined => {
  try {
    return Object.values(statement.get(...values) ?? {})[0];
  } catch {
    return undefined;
  }
};

const lastPosition = (db: DatabaseSync): number => {
  const rows = tried(db.prepare('SELECT CAST(max(position) AS TEXT) FROM event'));
  // Of a log that cannot say where it ends, as much is tried as may be lost.
  return rows === undefined ? MOST_LOST : Number(Object.values(rows[0] ?? {})[0] ?? 0);
};

type Cells = readonly SQLOutputValue[];

/** Undefined where SQLite cannot read what was asked for. */
const tried = (statement: StatementSync, ...values: readonly number[]): Cells[] | undefined => {
  try {
    // What a statement that returns arrays returns.
    return statement.all(...values) as unknown as Cells[];
  } catch {
    return undefined;
  }
};

const toRow = ([position, revision, stream, type, id, meta, data, leaf, ...facets]: Cells) => {
  const integer = (cell: SQLOutputValue | undefined) => (cell === null ? null : Number(cell));
  const texts = { stream: text(stream), type: text(type), id: text(id) };
  return {
    kind: 'row' as const,
    position: Number(position),
    revision: Number(revision),
    ...texts,
    meta: text(meta),
    data: text(data),
    leaf: text(leaf).toLowerCase(),
    facets: facets.map(integer),
  };
};

/** A spoilt row may hold anything where a text should be. */
const text = (cell: SQLOutputValue | undefined): string => {
  if (cell instanceof Uint8Array) return Buffer.from(cell).toString();
  return cell === null || cell === undefined ? '' : String(cell);
};

const subtreesOf = (db: DatabaseSync): readonly StoredHash[] => {
  const select = db.prepare(
    'SELECT CAST(level AS TEXT), CAST(number AS TEXT), lower(hex(hash)) FROM subtree',
  );
  select.setReturnArrays(true);
  return (tried(select) ?? []).map(([level, index, hash]) => ({
    level: Number(level),
    index: Number(index),
    hash: text(hash),
  }));
};

const damageOf = (db: DatabaseSync): readonly string[] => {
  try {
    const said = db.prepare('PRAGMA integrity_check').all();
    return said.map((row) => text(row['integrity_check'])).filter((words) => words !== 'ok');
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
};

/** Tables, triggers and marks of the file that are not those of a new one. */
const departures = (db: DatabaseSync, facetNames: readonly string[]): readonly string[] => {
  const fresh = new DatabaseSync(':memory:');
  fresh.exec(createSchema(facetNames));
  const [made, found] = [schemaOf(fresh), schemaOf(db)];
  fresh.close();
  return [
    ...[...made].filter(([name, sql]) => found.get(name) !== sql),
    ...[...found].filter(([name]) => !made.has(name)),
  ].map(([name]) => `${name} is not as it was made`);
};

const schemaOf = (db: DatabaseSync): ReadonlyMap<string, string> => {
  const select = db.prepare('SELECT type, name, tbl_name, sql FROM sqlite_schema');
  const marks = ['application_id', 'user_version'].map(
    (name) => [name, JSON.stringify(db.prepare(`PRAGMA ${name}`).get())] as const,
  );
  const parts = select.all().map((row) => [text(row['name']), JSON.stringify(row)] as const);
  return new Map([...marks, ...parts]);
};
