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
  work: (beside: string) => Promise<Result>,
): Promise<Result> => {
  requireEmpty(directory);
  const beside = `${directory}.partial`;
  clear(beside);
  makeDirectory(beside);
  try {
    writeFileSync(join(beside, UNFINISHED), '');
    const result = await work(beside);
    rmSync(join(beside, UNFINISHED));
    if (existsSync(directory)) rmdirSync(directory);
    syncTree(beside);
    renameSync(beside, directory);
    syncDirectory(dirname(directory));
    return result;
  } catch (error) {
    rmSync(beside, { recursive: true, force: true });
    throw error;
  }
};

const clear = (beside: string): void => {
  if (existsSync(join(beside, UNFINISHED))) rmSync(beside, { recursive: true });
  requireEmpty(beside);
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
