import type { DatabaseSync } from 'node:sqlite';
import { hashOver, TILE_HEIGHT, TILE_WIDTH } from '#integrity/tiles';

export interface TreeWriter {
  /** Takes the leaf of the next event; inside the transaction that appends it. */
  append(leaf: string): void;
}

/** Six times 256 leaves over each other are more than positions can count. */
const HEIGHTS = 6;

/**
 * Keeps the hashes over every 256 leaves, and over every 256 of those, in the transaction that
 * completes them. What is between is worked out from them when somebody asks.
 */
export const openTreeWriter = (db: DatabaseSync): TreeWriter => {
  const insert = db.prepare('INSERT INTO subtree VALUES (?, ?, unhex(?))');
  const pending = Array.from({ length: HEIGHTS }, (_, height) => pendingAt(db, height));

  const take = (height: number, hash: string): void => {
    const tile = pending[height];
    if (tile === undefined) throw new RangeError('The tree is full.');
    tile.hashes.push(hash);
    if (tile.hashes.length < TILE_WIDTH) return;
    const over = hashOver(tile.hashes);
    insert.run((height + 1) * TILE_HEIGHT, tile.number, over);
    pending[height] = { number: tile.number + 1, hashes: [] };
    take(height + 1, over);
  };

  return { append: (leaf) => take(0, leaf) };
};

/** The hashes of a tile that is not full yet, and its number among those of its height. */
interface Pending {
  readonly number: number;
  readonly hashes: string[];
}

const pendingAt = (db: DatabaseSync, height: number): Pending => {
  const ofLevel = `FROM subtree WHERE level = ${height * TILE_HEIGHT}`;
  const [count, rows] =
    height === 0
      ? ['SELECT coalesce(max(position), 0) AS n FROM event', LEAVES]
      : [
          `SELECT count(*) AS n ${ofLevel}`,
          `SELECT hash ${ofLevel} AND number >= ? ORDER BY number`,
        ];
  const number = Math.floor(Number(db.prepare(count).get()?.['n']) / TILE_WIDTH);
  const hashes = db
    .prepare(`SELECT lower(hex(hash)) AS hash FROM (${rows})`)
    .all(number * TILE_WIDTH)
    .map((row) => String(row['hash']));
  return { number, hashes };
};

const LEAVES = 'SELECT leaf AS hash FROM event WHERE position > ? ORDER BY position';
