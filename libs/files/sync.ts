import { closeSync, fsyncSync, openSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Makes the names in a directory durable: files that were created, renamed or removed in it. */
export const syncDirectory = (directory: string): void => {
  // Windows opens no directory, and keeps the order of such changes by itself.
  if (process.platform !== 'win32') sync(directory, 'r');
};

/** Makes every file below a directory durable, then the directories themselves. */
export const syncTree = (directory: string): void => {
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) syncTree(path);
    else if (entry.isFile()) sync(path, 'r+');
  }
  syncDirectory(directory);
};

const sync = (path: string, flags: 'r' | 'r+'): void => {
  const descriptor = openSync(path, flags);
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
};
