import { DuckDBInstance } from '@duckdb/node-api';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { readHistoryFile, writeHistoryFile } from '#history/postings/history-file';
import { createPostings, TRANSFER_KIND_COUNT, type Posting } from '#history/postings/postings';
import { createRandom } from '#importers/synthetic/random';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { percentile } from './measure.ts';

const PLACES = 20_000;
const FIRST_DAY = 18_600;
const DAYS = 2_000;

/** Milliseconds of one question, as the median of many at random points of both axes. */
export interface AsOfFigures {
  readonly postings: number;
  readonly allMs: number;
  readonly allWithoutTotalsMs: number;
  readonly oneMs: number;
  readonly loadMs: number;
  readonly bytesAPosting: number;
  readonly duckDbMs: number;
  readonly sqliteMs: number;
}

/** Balances of 20,000 places at points of both axes: posting columns, DuckDB, a covering index. */
export const benchAsOf = async (count: number): Promise<AsOfFigures> => {
  const { directory, remove } = temporaryDirectory();
  const file = join(directory, 'history.postings');
  writeColumns(file, count);
  const loads: number[] = [];
  let loaded = createPostings();
  for (let turn = 0; turn < 3; turn++) {
    // As at a start: nothing of the last load is still held.
    loaded = createPostings();
    globalThis.gc?.();
    const start = performance.now();
    const kept = readHistoryFile(file);
    loaded = createPostings({ blocks: kept?.blocks ?? [] });
    loads.push(performance.now() - start);
  }
  if (loaded.count !== count) throw new Error('The history was written just now.');
  const { blocks } = loaded;
  const bare = createPostings({ blocks, blocksATotal: 0 });
  const points = pointsOf(count);
  const all = await timed(40, () => void loaded.sumsByPlace(points(), PLACES));
  const without = await timed(20, () => void bare.sumsByPlace(points(), PLACES));
  const one = await timed(
    400,
    (turn) => void loaded.sumsOfPlace((turn * 7_919) % PLACES, points()),
  );
  const duckDbMs = await duckDb(count, points);
  const sqliteMs = await coveringIndex(join(directory, 'covering.sqlite'), count, points);
  remove();
  return {
    postings: count,
    allMs: percentile(all, 0.5),
    allWithoutTotalsMs: percentile(without, 0.5),
    oneMs: percentile(one, 0.5),
    loadMs: percentile(loads, 0.5),
    bytesAPosting: loaded.bytes() / count,
    duckDbMs,
    sqliteMs,
  };
};

const writeColumns = (file: string, count: number): void => {
  const columns = createPostings();
  for (const posting of made(count)) columns.append(posting);
  const dimensions = { places: [], allocations: [] };
  const { blocks } = columns;
  writeHistoryFile(file, { leaf: '', position: count, dimensions, blocks });
};

/** The same postings every time: days go on with the log, one in twenty is dated back. */
function* made(count: number): Generator<Posting> {
  const random = createRandom(11);
  for (let number = 0; number < count; number++) {
    const day = FIRST_DAY + Math.floor((number / count) * DAYS);
    const back = random.oneIn(20) ? random.between(1, 400) : 0;
    yield {
      position: number + 1,
      day: Math.max(FIRST_DAY, day - back),
      place: random.between(0, PLACES - 1),
      allocation: random.between(0, PLACES * 50 - 1),
      transferKind: random.between(0, TRANSFER_KIND_COUNT - 1),
      amountFen: random.between(1, 100_000_000),
    };
  }
}

const pointsOf = (count: number) => {
  const random = createRandom(5);
  return () => ({
    position: random.between(0, count - 1),
    day: FIRST_DAY + random.between(0, DAYS - 1),
  });
};

const timed = async (times: number, run: (turn: number) => unknown): Promise<readonly number[]> => {
  const durations: number[] = [];
  for (let turn = 0; turn < times; turn++) {
    const start = performance.now();
    await run(turn);
    durations.push(performance.now() - start);
  }
  return durations;
};

const SUMS =
  'SELECT place, path, sum(fen) FROM posting WHERE position <= ? AND day <= ? GROUP BY place, path';

const duckDb = async (count: number, points: ReturnType<typeof pointsOf>): Promise<number> => {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(
    'CREATE TABLE posting (position INTEGER, day SMALLINT, place INTEGER, path UTINYINT, fen BIGINT)',
  );
  const appender = await connection.createAppender('posting');
  for (const { position, day, place, transferKind, amountFen } of made(count)) {
    appender.appendInteger(position);
    appender.appendSmallInt(day);
    appender.appendInteger(place);
    appender.appendUTinyInt(transferKind);
    appender.appendBigInt(BigInt(amountFen));
    appender.endRow();
  }
  appender.closeSync();
  const statement = await connection.prepare(SUMS);
  const times = await timed(10, async () => {
    const { position, day } = points();
    statement.bindInteger(1, position);
    statement.bindInteger(2, day);
    const reader = await statement.runAndReadAll();
    reader.getColumns();
  });
  connection.closeSync();
  instance.closeSync();
  return percentile(times, 0.5);
};

const coveringIndex = async (
  file: string,
  count: number,
  points: ReturnType<typeof pointsOf>,
): Promise<number> => {
  const db = new DatabaseSync(file);
  db.exec(
    `PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -1000000;
     CREATE TABLE posting (position INTEGER, day INTEGER, place INTEGER, path INTEGER, fen INTEGER)
     STRICT; BEGIN`,
  );
  const insert = db.prepare('INSERT INTO posting VALUES (?, ?, ?, ?, ?)');
  for (const { position, day, place, transferKind, amountFen } of made(count)) {
    insert.run(position, day, place, transferKind, amountFen);
  }
  db.exec('COMMIT; CREATE INDEX covering ON posting (place, path, position, day, fen)');
  const select = db.prepare(SUMS);
  select.setReturnArrays(true);
  const times = await timed(5, () => {
    const { position, day } = points();
    return select.all(position, day);
  });
  db.close();
  return percentile(times, 0.5);
};
