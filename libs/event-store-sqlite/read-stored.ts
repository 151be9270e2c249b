import { setImmediate as nextTurn } from 'node:timers/promises';
import type { DatabaseSync } from 'node:sqlite';
import type { StoredBatch, StoredEvent } from '#event-store/stored-event';
import { cachedName } from './cached-name.ts';

/** Which events to read whole; of the rest, those that have a facet are read without their text. */
export interface StoredSelection {
  readonly whole: readonly string[];
  readonly elseWithHotColumn: string;
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

/** position, stream, type, id, meta, data, then the facets */
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
  const isWhole = `type IN (${selection.whole.flatMap((type) => typeNumber(db, type) ?? []).join()})`;
  const text = (column: string) => `CASE WHEN ${isWhole} THEN ${column} END`;
  return `SELECT position, stream, type, ${text('id')}, ${text('meta')}, ${text('data')}${hotColumns}
    FROM event WHERE ${range} AND (${selection.elseWithHotColumn} IS NOT NULL OR ${isWhole}) ${order}`;
};

const typeNumber = (db: DatabaseSync, name: string): number | undefined => {
  const number = db.prepare('SELECT number FROM type WHERE name = ?').get(name)?.['number'];
  return typeof number === 'number' ? number : undefined;
};
