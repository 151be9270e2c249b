import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeWholeFile } from '#files/whole-file';
import { StoreUnusable } from '#event-store/store-unusable';
import { parseCheckpoint, type Checkpoint } from '#integrity/checkpoint';
import { Malformed } from '#integrity/malformed';
import { parseNote } from '#integrity/note';
import type { HashReader } from '#integrity/subtrees';
import { TILE_WIDTH, tileBytes, tilePath, tilesBetween } from '#integrity/tiles';
import { rootAt } from '#integrity/tree';
import type { PublishedCheckpoint } from '../checkpoints/checkpoint-files.ts';
import { checkpointFile, readPublished } from './tile-files.ts';

/**
 * Writes the tree that was signed into a directory for any web server to offer, as c2sp.org/tlog-tiles
 * has it: `checkpoint` and `tile/…`. Tiles come first and each file whole, so that whoever reads a
 * checkpoint finds its tiles; full tiles never change. Answers how many tiles were written. Throws
 * `StoreUnusable` where the directory holds another log, or a later state of this one. The events
 * themselves (`tile/entries`) are not published: they are for auditors, in a bundle.
 */
export const publishTiles = (
  directory: string,
  checkpoint: PublishedCheckpoint,
  tree: HashReader,
): number => {
  const next = parseCheckpoint(parseNote(checkpoint.note).text);
  const before = publishedBefore(directory);
  if (before !== undefined && !isBeginningOf(before, next, tree)) throw another(directory);
  const tiles = tilesBetween(before?.size ?? 0, next.size);
  for (const tile of tiles) {
    const bytes = tileBytes(tile, tree);
    const there = tile.width === TILE_WIDTH ? readPublished(directory, tilePath(tile)) : undefined;
    if (there !== undefined && !there.equals(bytes)) throw another(directory);
    writeWholeFile(join(directory, tilePath(tile)), bytes, FOR_EVERYBODY);
  }
  writeWholeFile(checkpointFile(directory), checkpoint.note, FOR_EVERYBODY);
  return tiles.length;
};

const FOR_EVERYBODY = 0o644;

const publishedBefore = (directory: string): Checkpoint | undefined => {
  const file = checkpointFile(directory);
  if (!existsSync(file)) return undefined;
  try {
    return parseCheckpoint(parseNote(readFileSync(file)).text);
  } catch (error) {
    if (error instanceof Malformed) throw another(directory);
    throw error;
  }
};

const isBeginningOf = (before: Checkpoint, next: Checkpoint, tree: HashReader): boolean =>
  before.origin === next.origin &&
  before.size <= next.size &&
  before.root === rootAt(before.size, tree);

const another = (directory: string): StoreUnusable =>
  new StoreUnusable(
    'foreign-file',
    `${directory} holds something else than the beginning of this log. It was left as it is; look at it with mz verify --tiles, or publish into another directory.`,
    `${directory} 里的不是这本日志的前一段,未作改动;请用 mz verify --tiles 查看,或换一个目录发布。`,
  );
