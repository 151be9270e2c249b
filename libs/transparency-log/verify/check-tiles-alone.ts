import { openTiles, TilesDiffer } from '#integrity/tile-reader';
import {
  HASH_BYTES,
  TILE_HEIGHT,
  TILE_WIDTH,
  tilePath,
  tilesBetween,
  type Tile,
} from '#integrity/tiles';
import type { HashReader } from '#integrity/subtrees';
import type { TreeHead } from '#integrity/tree';
import { openPublished } from '../publish/published-checkpoint.ts';
import type { TileFault } from './tile-fault.ts';
import { readPublished } from '../publish/tile-files.ts';

/**
 * Holds published tiles to the checkpoint beside them, for somebody who has the key of the log and no
 * ledger. Tiles of earlier checkpoints are not looked at, nor is anything below one that is altered.
 */
export const checkTilesAlone = (
  directory: string,
  vkeys: readonly string[],
): { readonly head: TreeHead | undefined; readonly faults: readonly TileFault[] } => {
  const opened = openPublished(directory, vkeys);
  if (opened.kind !== 'signed') return { head: undefined, faults: [opened] };
  const { checkpoint: head } = opened;
  const read = (tile: Tile): Buffer => {
    const path = tilePath(tile);
    const bytes = readPublished(directory, path);
    if (bytes === undefined) throw new TileTrouble({ kind: 'tile-missing', path });
    if (bytes.length === tile.width * HASH_BYTES) return bytes;
    throw new TileTrouble({ kind: 'tile-altered', path });
  };
  const [reader, edge] = attempt(() => openTiles(head, read));
  if (reader === undefined) return { head, faults: edge };
  const faults = tilesBetween(0, head.size).flatMap((tile) => attempt(() => look(reader, tile))[1]);
  const distinct = new Map(faults.map((fault) => [JSON.stringify(fault), fault]));
  return { head, faults: [...distinct.values()] };
};

/** Reading one hash of a tile compares all of them. */
const look = (reader: HashReader, { level, index }: Tile): void => {
  reader.readHashes([{ level: level * TILE_HEIGHT, index: index * TILE_WIDTH }]);
};

class TileTrouble extends Error {
  readonly fault: TileFault;

  constructor(fault: TileFault) {
    super(fault.kind);
    this.fault = fault;
  }
}

const attempt = <Result>(
  work: () => Result,
): readonly [Result | undefined, readonly TileFault[]] => {
  try {
    return [work(), []];
  } catch (error) {
    if (error instanceof TileTrouble) return [undefined, [error.fault]];
    if (error instanceof TilesDiffer)
      return [undefined, error.paths.map((path) => ({ kind: 'tile-altered', path }))];
    throw error;
  }
};
