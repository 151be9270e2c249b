import type { DatabaseSync, SQLOutputValue, StatementSync } from 'node:sqlite';
import type { InspectedRow, NoRow } from '#event-store/inspection';
import { text, tried, type Cells } from './spoilt-cells.ts';

const PAGE_ROWS = 1_000;

/** Every row of a log whose file may be damaged, in order; each position once, and a gap is told once. */
export function* rowsOf(
  db: DatabaseSync,
  hotColumnNames: readonly string[],
): Iterable<InspectedRow | NoRow> {
  const [page, pageOfTexts, single] = statements(db, hotColumnNames);
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

/** A page after a position; the same as texts, and one row, where a number is beyond what can be handed over. */
const statements = (db: DatabaseSync, hotColumnNames: readonly string[]) => {
  const select = (where: string, as: (column: string) => string = (column) => column) => {
    const own = ['position', 'revision'].map((name) => as(`event.${name}`));
    const texts = [...['id', 'meta', 'data'].map((name) => as(`event.${name}`)), 'hex(event.leaf)'];
    const names = ['stream', 'type'].map(
      (table) => `(SELECT ${as('name')} FROM ${table} WHERE number = event.${table})`,
    );
    const columns = [...own, ...names, ...texts, TYPES, ...hotColumnNames.map(as)];
    const statement = db.prepare(`SELECT ${columns.join(', ')} FROM event WHERE ${where}`);
    statement.setReturnArrays(true);
    return statement;
  };
  const after = `position > ? ORDER BY position LIMIT ${PAGE_ROWS}`;
  const asText = (column: string) => `CAST(${column} AS TEXT)`;
  return [select(after), select(after, asText), select('position = ?', asText)] as const;
};

const TYPES = ['id', 'meta', 'data', 'leaf'].map((name) => `typeof(event.${name})`).join(' || ');
const RIGHT_TYPES = 'texttexttextblob';

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

const toRow = ([
  position,
  revision,
  stream,
  type,
  id,
  meta,
  data,
  leaf,
  types,
  ...hotColumns
]: Cells) => {
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
    isMistyped: types !== RIGHT_TYPES,
    hotColumns: hotColumns.map(integer),
  };
};
