import { SHA_256, type Hash, type TreeHash } from './hash.ts';
import { subtreesOf, type HashReader, type Subtree } from './subtrees.ts';
import {
  hashesInTile,
  hashOver,
  TILE_HEIGHT,
  TILE_WIDTH,
  tileAt,
  tilePath,
  type Tile,
} from './tiles.ts';
import { rootOfPeaks, type TreeHead } from './tree.ts';

/** Tiles that are not of the tree they are said to be of. */
export class TilesDiffer extends Error {
  readonly paths: readonly string[];

  constructor(tiles: readonly Tile[]) {
    const paths = tiles.map(tilePath);
    super(`Not of the tree with that root: ${paths.join(', ')}.`);
    this.name = 'TilesDiffer';
    this.paths = paths;
  }
}

/**
 * The hashes of a tree whose head is trusted, out of tiles that are not: every tile is compared
 * with the hash that the one above has for it, and those at the edge with the root. Throws
 * `TilesDiffer` when one is of another tree. A tile is read once.
 */
export const openTiles = (
  head: TreeHead,
  readTile: (tile: Tile) => Uint8Array,
  tree: TreeHash = SHA_256,
): HashReader => {
  const known = new Map<string, readonly Hash[]>();

  const read = (tile: Tile): readonly Hash[] => hashesInTile(tile, readTile(tile));

  /** The partial tiles hold the peaks of the tree and nothing else: only the root vouches for them. */
  const readEdge = (): void => {
    const edge = edgeOf(head.size).map((tile) => ({ tile, hashes: read(tile) }));
    const peaks = edge.flatMap(({ tile, hashes }) =>
      subtreesOf({ from: 0, to: tile.width }).map((peak) => hashOver(slice(hashes, peak), tree)),
    );
    if (rootOfPeaks(peaks, tree) !== head.root) throw new TilesDiffer(edge.map(({ tile }) => tile));
    for (const { tile, hashes } of edge) known.set(tilePath(tile), hashes);
  };

  const hashesOf = (tile: Tile): readonly Hash[] => {
    const path = tilePath(tile);
    const found = known.get(path);
    if (found !== undefined) return found;
    const hashes = read(tile);
    const parent = { level: (tile.level + 1) * TILE_HEIGHT, index: tile.index };
    if (hashOver(hashes, tree) !== hashOf(parent)) throw new TilesDiffer([tile]);
    known.set(path, hashes);
    return hashes;
  };

  const hashOf = (subtree: Subtree): Hash => {
    const { tile, within } = placeOf(subtree, head.size);
    return hashOver(slice(hashesOf(tile), within), tree);
  };

  readEdge();
  return { readHashes: (subtrees) => subtrees.map(hashOf) };
};

/** The partial tiles of a tree, the highest first, which is from left to right. */
const edgeOf = (size: number): readonly Tile[] => {
  const edge: Tile[] = [];
  for (let level = 0; size >= TILE_WIDTH ** level; level++) {
    const index = Math.floor(size / TILE_WIDTH ** (level + 1));
    const tile = tileAt(level, index, size);
    if (tile !== undefined) edge.unshift(tile);
  }
  return edge;
};

/** The tile that holds a subtree, and which subtree of the tile it is. */
const placeOf = (
  { level, index }: Subtree,
  size: number,
): { readonly tile: Tile; readonly within: Subtree } => {
  const height = level % TILE_HEIGHT;
  const across = 2 ** (TILE_HEIGHT - height);
  const tile = tileAt(Math.floor(level / TILE_HEIGHT), Math.floor(index / across), size);
  const within = { level: height, index: index % across };
  if (tile === undefined || (within.index + 1) * 2 ** height > tile.width) {
    throw new RangeError(`A tree of ${size} has no complete subtree ${index} at level ${level}.`);
  }
  return { tile, within };
};

const slice = (hashes: readonly Hash[], { level, index }: Subtree): readonly Hash[] =>
  hashes.slice(index * 2 ** level, (index + 1) * 2 ** level);
