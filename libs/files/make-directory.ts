import { existsSync, mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { StoreUnusable } from '#event-store/store-unusable';
import { syncDirectory } from './sync.ts';

/**
 * Makes a directory, and those above it that are missing. One by one, because Node's recursive way
 * never ends where the system says that a parent is missing which is there, as under /proc.
 */
export const makeDirectory = (directory: string): void => {
  const missing: string[] = [];
  for (let at = resolve(directory); !existsSync(at); at = dirname(at)) missing.unshift(at);
  try {
    for (const path of missing) {
      mkdirSync(path);
      syncDirectory(dirname(path));
    }
  } catch (error) {
    throw new StoreUnusable(
      'directory-unusable',
      `The data directory ${directory} cannot be made. Choose another one with --data.`,
      `数据目录 ${directory} 建不了,请用 --data 换一个。`,
      error,
    );
  }
};
