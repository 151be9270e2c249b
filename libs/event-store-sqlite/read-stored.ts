import { setImmediate as nextTurn } from 'node:timers/promises';
import type { DatabaseSync } from 'node:sqlite';
import type { StoredBatch, StoredEvent } from '#event-store/stored-event';
import { cachedName } from './cached-name.ts';

/** Which events to read whole; of the rest, those that have a hot column are read without their text. */
export interface StoredSelection {
  readonly whole: readonly string[];
  readonly elseWithHotColumn: string;
  /** Texts of which metadata of a type hold one; an event without it, or of another type, is read whole. */
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
    const end = Number(head.get()?.['head']);
    for (let next = from; next <= end;) {
      // The columns just named, of a STRICT table.
      const rows = select.all(next, end) as unknown as readonly Cells[];
      const last = rows.at(-1);
      const through = last === undefined || rows.length < BATCH_ROWS ? end : last[0];
      yield { events: rows.map(toStoredEvent), through };
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
  const whole = `type IN (${numbersOf(db, selection.whole)})`;
  const isWhole = `(${[whole, ...unexpected(db, selection.expected)].join(' OR ')})`;
  const text = (column: string) => `CASE WHEN ${isWhole} THEN ${column} END`;
  return `SELECT position, stream, type, ${text('id')}, ${text('meta')}, ${text('data')}${hotColumns}
    FROM event WHERE ${range} AND (${selection.elseWithHotColumn} IS NOT NULL OR ${isWhole}) ${order}`;
};

/** Conditions of an event that is not as expected. */
const unexpected = (
  db: DatabaseSync,
  expected: StoredSelection['expected'] = new Map(),
): readonly string[] => {
  if (expected.size === 0) return [];
  const typesOf = new Map<string, string[]>();
  for (const [type, texts] of expected) {
    const condition = texts.map((text) => `instr(meta, '${text}') > 0`).join(' OR ');
    typesOf.set(condition, [...(typesOf.get(condition) ?? []), type]);
  }
  return [
    `type NOT IN (${numbersOf(db, [...expected.keys()])})`,
    ...[...typesOf].map(
      ([condition, types]) => `(type IN (${numbersOf(db, types)}) AND NOT (${condition}))`,
    ),
  ];
};

const numbersOf = (db: DatabaseSync, types: readonly string[]): string =>
  types.flatMap((type) => typeNumber(db, type) ?? []).join();

const typeNumber = (db: DatabaseSync, name: string): number | undefined => {
  const number = db.prepare('SELECT number FROM type WHERE name = ?').get(name)?.['number'];
  return typeof number === 'number' ? number : undefined;
};
