import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { isPartialFile } from '#files/whole-file';
import { parseTilePath, tileAt, type Tile } from '#integrity/tiles';
import { Malformed } from '#integrity/malformed';

/** Where the checkpoint stands that speaks for the tiles beside it: c2sp.org/tlog-tiles. */
export const checkpointFile = (directory: string): string => join(directory, 'checkpoint');

/** Undefined when there is no such file. */
export const readPublished = (directory: string, path: string): Buffer | undefined => {
  const file = join(directory, path);
  return existsSync(file) && statSync(file).isFile() ? readFileSync(file) : undefined;
};

/**
 * Every file below `tile`, and which tile of a tree of that size it is; undefined when it is none.
 * What a publisher that was killed left half-written is skipped.
 */
export const tileFilesIn = (
  directory: string,
  size: number,
): ReadonlyMap<string, Tile | undefined> => {
  const names = existsSync(join(directory, 'tile'))
    ? readdirSync(join(directory, 'tile'), { recursive: true, encoding: 'utf8' })
    : [];
  const paths = names
    .filter((name) => !isPartialFile(name) && statSync(join(directory, 'tile', name)).isFile())
    .map((name) => `tile/${name.replaceAll(sep, '/')}`);
  return new Map(paths.sort().map((path) => [path, tileOf(path, size)]));
};

const tileOf = (path: string, size: number): Tile | undefined => {
  try {
    const tile = parseTilePath(path);
    const widest = tileAt(tile.level, tile.index, size);
    return widest !== undefined && tile.width <= widest.width ? tile : undefined;
  } catch (error) {
    if (error instanceof Malformed) return undefined;
    throw error;
  }
};
