import { setImmediate as nextTurn } from 'node:timers/promises';
import type { DatabaseSync } from 'node:sqlite';
import type {
  JsonObject,
  Position,
  ReadAllOptions,
  ReadStreamOptions,
  RecordedEvent,
} from '#event-store/port';
import { cachedName } from './cached-name.ts';

const PAGE_ROWS = 2_000;

export interface Reader {
  readonly readStream: (
    stream: string,
    options?: ReadStreamOptions,
  ) => AsyncIterable<RecordedEvent>;
  readonly readAll: (options?: ReadAllOptions) => AsyncIterable<RecordedEvent>;
  /** Up to a page of events after a position, in order of the log. */
  pageAfter(position: Position): readonly RecordedEvent[];
  head(): Position | undefined;
}

/** Reads page by page, giving way to other work after each. */
export const createReader = (db: DatabaseSync): Reader => {
  const columns = `event.position, event.revision, event.stream, event.type, event.id, event.meta, event.data`;
  const selectAll = arrays(
    db,
    `SELECT ${columns} FROM event WHERE position >= ? ORDER BY position LIMIT ?`,
  );
  const inStream = (comparison: string) =>
    arrays(db, `SELECT ${columns} FROM event WHERE stream = ? AND revision ${comparison} LIMIT ?`);
  const selectForwards = inStream('>= ? ORDER BY revision');
  const selectBackwards = inStream('<= ? ORDER BY revision DESC');
  const selectStream = db.prepare('SELECT number FROM stream WHERE name = ?');
  const selectHead = db.prepare('SELECT max(position) AS head FROM event');
  const streamName = cachedName(db, 'stream');
  const typeName = cachedName(db, 'type');

  const toEvent = (row: Row): RecordedEvent => ({
    position: BigInt(row[0]),
    revision: BigInt(row[1]),
    stream: streamName(row[2]),
    type: typeName(row[3]),
    id: row[4],
    // Both columns are written by `append` from a JSON object.
    meta: JSON.parse(row[5]) as Record<string, string>,
    data: JSON.parse(row[6]) as JsonObject,
  });

  async function* pages(first: bigint, limit: number, step: 1n | -1n, select: SelectPage) {
    let from = first;
    let left = limit;
    while (left > 0) {
      const rows = select(from, Math.min(left, PAGE_ROWS));
      for (const row of rows) yield toEvent(row);
      const last = rows.at(-1);
      if (last === undefined || rows.length < Math.min(left, PAGE_ROWS)) return;
      from = BigInt(select === selectFromAll ? last[0] : last[1]) + step;
      left -= rows.length;
      await nextTurn();
    }
  }

  const selectFromAll: SelectPage = (from, limit) => selectAll(from, limit);

  return {
    readAll: ({ from = 1n, limit = Infinity } = {}) => pages(from, limit, 1n, selectFromAll),
    readStream: (stream, { from, direction = 'forwards', limit = Infinity } = {}) => {
      const number = Number(selectStream.get(stream)?.['number'] ?? -1);
      return direction === 'forwards'
        ? pages(from ?? 0n, limit, 1n, (at, rows) => selectForwards(number, at, rows))
        : pages(from ?? NEWEST, limit, -1n, (at, rows) => selectBackwards(number, at, rows));
    },
    pageAfter: (position) => selectAll(position + 1n, PAGE_ROWS).map(toEvent),
    head: () => {
      const head = selectHead.get()?.['head'];
      return typeof head === 'number' ? BigInt(head) : undefined;
    },
  };
};

/** position, revision, stream number, type number, id, meta, data */
type Row = readonly [number, number, number, number, string, string, string];
type SelectPage = (from: bigint, limit: number) => readonly Row[];

const NEWEST = 2n ** 62n;

/** Rows as arrays are read faster than rows as objects. */
const arrays = (db: DatabaseSync, sql: string) => {
  const statement = db.prepare(sql);
  statement.setReturnArrays(true);
  // The columns are those of the STRICT table, in the order of the query.
  return (...parameters: (number | bigint)[]) =>
    statement.all(...parameters) as unknown as readonly Row[];
};
