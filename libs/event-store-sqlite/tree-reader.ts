import type { DatabaseSync } from 'node:sqlite';
import type { HashReader, Subtree } from '#integrity/subtrees';
import { hashOver, TILE_HEIGHT } from '#integrity/tiles';

/** Hashes of the tree over the log, from its leaves and from what is kept of them. */
export const createTreeReader = (db: DatabaseSync): HashReader => {
  // Prepared when first asked for: a log of an earlier release can be read, but has no tree.
  let selects: Selects | undefined;

  const readHash = ({ level, index }: Subtree): string => {
    const base = Math.floor(level / TILE_HEIGHT) * TILE_HEIGHT;
    const width = 2 ** (level - base);
    const [from, to] = [index * width, (index + 1) * width];
    const { leaves, subtrees } = (selects ??= prepare(db));
    const rows = base === 0 ? leaves.all(from, to) : subtrees.all(base, from, to);
    if (rows.length !== width) {
      throw new RangeError(`The tree has no subtree ${index} of level ${level}.`);
    }
    return hashOver(rows.map((row) => String(row['hash'])));
  };

  return { readHashes: (subtrees) => subtrees.map(readHash) };
};

type Selects = ReturnType<typeof prepare>;

const prepare = (db: DatabaseSync) => ({
  leaves: db.prepare(
    `SELECT lower(hex(leaf)) AS hash FROM event
     WHERE position > ? AND position <= ? ORDER BY position`,
  ),
  subtrees: db.prepare(
    `SELECT lower(hex(hash)) AS hash FROM subtree
     WHERE level = ? AND number >= ? AND number < ? ORDER BY number`,
  ),
});
