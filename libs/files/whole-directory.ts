import {
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { makeDirectory } from './make-directory.ts';
import { StoreUnusable } from '#event-store/store-unusable';
import { syncDirectory, syncTree } from './sync.ts';

/** In a directory that is being written; gone from one that is whole. */
const UNFINISHED = '.mingzhang-unfinished';

/**
 * Fills a directory that appears whole or not at all, and is on disk when this returns: `work` fills
 * `….partial`, which then takes the name. What an earlier attempt left unfinished there is removed,
 * and nothing else. Throws `StoreUnusable` where the directory is not empty.
 */
export const writeWholeDirectory = async <Result>(
  directory: string,
  work: (partial: string) => Promise<Result>,
): Promise<Result> => {
  requireEmpty(directory);
  const partial = `${directory}.partial`;
  clear(partial);
  makeDirectory(partial);
  try {
    writeFileSync(join(partial, UNFINISHED), '');
    const result = await work(partial);
    rmSync(join(partial, UNFINISHED));
    if (existsSync(directory)) rmdirSync(directory);
    syncTree(partial);
    renameSync(partial, directory);
    syncDirectory(dirname(directory));
    return result;
  } catch (error) {
    rmSync(partial, { recursive: true, force: true });
    throw error;
  }
};

const clear = (partial: string): void => {
  if (existsSync(join(partial, UNFINISHED))) rmSync(partial, { recursive: true });
  requireEmpty(partial);
};

const requireEmpty = (directory: string): void => {
  if (!existsSync(directory) || isEmptyDirectory(directory)) return;
  throw new StoreUnusable(
    'directory-unusable',
    `${directory} is not empty; give a directory of its own.`,
    `${directory} 不是空目录;请另给一个目录。`,
  );
};

const isEmptyDirectory = (path: string): boolean => {
  try {
    return readdirSync(path).length === 0;
  } catch {
    return false;
  }
};

export const makeSubdirectory = (directory: string, name: string): string => {
  const path = join(directory, name);
  mkdirSync(path);
  return path;
};
