import { setImmediate as nextTurn } from 'node:timers/promises';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { StoredBatch, StoredEvent } from '#event-store/stored-event';
import { cachedName } from './cached-name.ts';

/** Which events to read whole; of the rest, those that have a hot column are read without their text. */
export interface StoredSelection {
  readonly whole: readonly string[];
  readonly elseWithHotColumn: string;
  /** How the metadata of each type end; of events that end otherwise, the first of a batch is read whole. */
  readonly expected?: ReadonlyMap<string, readonly string[]>;
}

/**
 * Batches of stored events from a position (inclusive) to the end of the log: all of them whole, or
 * a selection, which is several times faster, because text that is not asked for is never touched.
 */
export type ReadStoredEvents = (
  from: number,
  selection?: StoredSelection,
) => AsyncIterable<StoredBatch>;

const BATCH_ROWS = 10_000;

export const createStoredReader = (
  db: DatabaseSync,
  hotColumnNames: readonly string[],
): ReadStoredEvents => {
  const streamName = cachedName(db, 'stream');
  const typeName = cachedName(db, 'type');
  const toStoredEvent = (row: Cells): StoredEvent => ({
    position: row[0],
    stream: streamName(row[1]),
    type: typeName(row[2]),
    id: row[3],
    meta: row[4],
    data: row[5],
    hotColumns: row.slice(6) as readonly (number | null)[],
  });
  const head = db.prepare('SELECT coalesce(max(position), 0) AS head FROM event');

  return async function* (from, selection) {
    const select = db.prepare(sqlFor(db, hotColumnNames, selection));
    select.setReturnArrays(true);
    const findUnexpected = unexpectedFinder(db, hotColumnNames, selection?.expected);
    const end = Number(head.get()?.['head']);
    for (let next = from; next <= end;) {
      // The columns just named, of a STRICT table.
      const rows = select.all(next, end) as unknown as readonly Cells[];
      const last = rows.at(-1);
      const through = last === undefined || rows.length < BATCH_ROWS ? end : last[0];
      const unexpected = findUnexpected(next, through);
      const all = unexpected === undefined ? rows : withRow(rows, unexpected);
      yield { events: all.map(toStoredEvent), through };
      next = through + 1;
      await nextTurn();
    }
  };
};

/** position, stream, type, id, meta, data, then the hot columns */
type Cells = readonly [
  number,
  number,
  number,
  string,
  string | null,
  string | null,
  ...(number | null)[],
];

const sqlFor = (
  db: DatabaseSync,
  hotColumnNames: readonly string[],
  selection: StoredSelection | undefined,
): string => {
  const hotColumns = hotColumnNames.map((name) => `, ${name}`).join('');
  const range = 'position BETWEEN ? AND ?';
  const order = `ORDER BY position LIMIT ${BATCH_ROWS}`;
  if (selection === undefined) {
    return `SELECT position, stream, type, id, meta, data${hotColumns} FROM event WHERE ${range} ${order}`;
  }
  const isWhole = `type IN (${numbersOf(db, selection.whole)})`;
  const text = (column: string) => `CASE WHEN ${isWhole} THEN ${column} END`;
  return `SELECT position, stream, type, ${text('id')}, ${text('meta')}, ${text('data')}${hotColumns}
    FROM event WHERE ${range} AND (${selection.elseWithHotColumn} IS NOT NULL OR ${isWhole}) ${order}`;
};

/** Finds the first event of a range whose type or whose end of metadata is not as expected, and reads it whole. */
const unexpectedFinder = (
  db: DatabaseSync,
  hotColumnNames: readonly string[],
  expected: StoredSelection['expected'] = new Map(),
): ((from: number, through: number) => Cells | undefined) => {
  if (expected.size === 0) return () => undefined;
  const typesOf = new Map<string, string[]>();
  for (const [type, ends] of expected) {
    const condition = ends.map(endsWith).join(' OR ');
    typesOf.set(condition, [...(typesOf.get(condition) ?? []), type]);
  }
  const isExpected = [...typesOf].map(
    ([condition, types]) => `(type IN (${numbersOf(db, types)}) AND (${condition}))`,
  );
  const find = db.prepare(`SELECT position FROM event
    WHERE position BETWEEN ? AND ? AND NOT (${isExpected.join(' OR ')}) ORDER BY position LIMIT 1`);
  const read = db.prepare(sqlFor(db, hotColumnNames, undefined));
  read.setReturnArrays(true);
  return (from, through) => {
    const position = find.get(from, through)?.['position'];
    if (position === undefined) return undefined;
    // The columns of an event, as `sqlFor` names them.
    return read.get(Number(position), Number(position)) as unknown as Cells;
  };
};

/** As bytes, because SQLite counts the characters of a text from its beginning. */
const endsWith = (end: string): string =>
  `substr(CAST(meta AS BLOB), -${Buffer.byteLength(end)}) = x'${Buffer.from(end).toString('hex')}'`;

const withRow = (rows: readonly Cells[], row: Cells): readonly Cells[] =>
  [...rows.filter(([position]) => position !== row[0]), row].sort(
    ([left], [right]) => left - right,
  );

const numbersOf = (db: DatabaseSync, types: readonly string[]): string =>
  types.flatMap((type) => typeNumber(db, type) ?? []).join();

/** Prepared once: a reader of a few events asks for the number of every type. */
const typeLookups = new WeakMap<DatabaseSync, StatementSync>();

const typeLookup = (db: DatabaseSync): StatementSync => {
  const known = typeLookups.get(db) ?? db.prepare('SELECT number FROM type WHERE name = ?');
  typeLookups.set(db, known);
  return known;
};

const typeNumber = (db: DatabaseSync, name: string): number | undefined => {
  const number = typeLookup(db).get(name)?.['number'];
  return typeof number === 'number' ? number : undefined;
};
