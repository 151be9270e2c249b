import { SHA_256, type Hash, type TreeHash } from './hash.ts';
import { Malformed } from './malformed.ts';
import type { HashReader, Subtree } from './subtrees.ts';

/** Of a full tile: 256 hashes side by side, which stand eight levels of the tree above each other. */
export const TILE_HEIGHT = 8;
export const TILE_WIDTH = 256;

/** c2sp.org/tlog-tiles: hashes of subtrees of 256^level leaves, from the one at index · 256 on. */
export interface Tile {
  readonly level: number;
  readonly index: number;
  /** 1 to 256 hashes; a tile of less than 256 is partial and ends where the tree ends. */
  readonly width: number;
}

/** `tile/0/x001/x234/067`, and `tile/1/004.p/57` of a partial tile of 57 hashes. */
export const tilePath = ({ level, index, width }: Tile): string => {
  const groups = padded(index).match(/[0-9]{3}/g) ?? [];
  const elements = groups.map((group, n) => (n === groups.length - 1 ? group : `x${group}`));
  return `tile/${level}/${elements.join('/')}${width === TILE_WIDTH ? '' : `.p/${width}`}`;
};

/** Throws `Malformed` for every other spelling of a path. */
export const parseTilePath = (path: string): Tile => {
  const match = /^tile\/([0-9]{1,2})\/((?:x[0-9]{3}\/)*[0-9]{3})(?:\.p\/([0-9]{1,3}))?$/.exec(path);
  const [, level, index = '', width = TILE_WIDTH] = match ?? [];
  const tile = {
    level: Number(level),
    index: Number(index.replace(/[x/]/g, '')),
    width: Number(width),
  };
  const isInRange = tile.level < 64 && tile.width >= 1 && Number.isSafeInteger(tile.index);
  if (!isInRange || tilePath(tile) !== path) throw new Malformed('tile', `no path is ${path}`);
  return tile;
};

/** The tile of a tree of that size at a place; partial at the edge, undefined beyond it. */
export const tileAt = (level: number, index: number, size: number): Tile | undefined => {
  const hashes = Math.floor(size / TILE_WIDTH ** level);
  const width = Math.min(TILE_WIDTH, hashes - index * TILE_WIDTH);
  return width > 0 ? { level, index, width } : undefined;
};

/** The tiles to publish when a tree has grown: those that are new or wider, full ones included. */
export const tilesBetween = (oldSize: number, newSize: number): readonly Tile[] => {
  const tiles: Tile[] = [];
  for (let level = 0; newSize >= TILE_WIDTH ** level; level++) {
    const before = Math.floor(oldSize / TILE_WIDTH ** level);
    if (before === Math.floor(newSize / TILE_WIDTH ** level)) break;
    let index = Math.floor(before / TILE_WIDTH);
    for (let tile = tileAt(level, index, newSize); tile; tile = tileAt(level, ++index, newSize)) {
      tiles.push(tile);
    }
  }
  return tiles;
};

export const tileBytes = (tile: Tile, reader: HashReader): Buffer =>
  Buffer.from(reader.readHashes(subtreesIn(tile)).join(''), 'hex');

export const hashesInTile = ({ width }: Tile, bytes: Uint8Array): readonly Hash[] => {
  if (bytes.length !== width * HASH_BYTES) {
    throw new Malformed('tile', `${bytes.length} bytes are not ${width} hashes`);
  }
  const text = Buffer.from(bytes).toString('hex');
  return Array.from({ length: width }, (_, n) => text.slice(n * 64, (n + 1) * 64));
};

/** The hash over 2^n hashes that stand side by side. */
export const hashOver = (hashes: readonly Hash[], tree: TreeHash = SHA_256): Hash => {
  let row = hashes;
  while (row.length > 1) {
    const over: Hash[] = [];
    for (let n = 0; n < row.length; n += 2) over.push(tree.node(row[n] ?? '', row[n + 1] ?? ''));
    row = over;
  }
  return row[0] ?? '';
};

const subtreesIn = ({ level, index, width }: Tile): readonly Subtree[] =>
  Array.from({ length: width }, (_, n) => ({
    level: level * TILE_HEIGHT,
    index: index * TILE_WIDTH + n,
  }));

const padded = (index: number): string => {
  const digits = String(index);
  return digits.padStart(Math.ceil(digits.length / 3) * 3, '0');
};

/** Length of a hash in a tile. */
export const HASH_BYTES = 32;
