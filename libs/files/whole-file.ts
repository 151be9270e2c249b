import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  createWriteStream,
  fsyncSync,
  linkSync,
  lstatSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { makeDirectory } from './make-directory.ts';
import { syncDirectory } from './sync.ts';

type Content = string | Uint8Array | readonly Uint8Array[];

/** Readable by the owner alone, for what no option says otherwise. */
const PRIVATE = 0o600;

/**
 * Writes a file that appears whole or not at all, replaces the one before, and is on disk when this
 * returns. Makes the directory when it is missing. Throws what the file system says; the file before
 * then stays as it was.
 */
export const writeWholeFile = (file: string, content: Content, mode = PRIVATE): void => {
  makeDirectory(dirname(file));
  withPartial(file, content, mode, (partial) => renameSync(partial, file));
};

/**
 * Makes a file that was not there, whole or not at all. Answers false, and changes nothing, where the
 * file exists: of two processes that begin at once, one makes it and both can read it.
 */
export const createWholeFile = (file: string, content: Content, mode = PRIVATE): boolean => {
  makeDirectory(dirname(file));
  try {
    withPartial(file, content, mode, (partial) => linkSync(partial, file));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
};

/**
 * Writes what a command was asked to put into a file. A regular file, or one that is not there,
 * appears whole or not at all, where a link leads; a pipe or a device is written into.
 */
export const writeOutputFile = async (
  file: string,
  content: string | AsyncIterable<string>,
): Promise<void> => {
  const parts = typeof content === 'string' ? [content] : content;
  const target = replaceableAt(file);
  if (target === undefined) return pipeline(parts, createWriteStream(file));
  const partial = partialOf(target.file);
  try {
    // Opened first: a stream that fails before its file is open leaves it behind. `flush`: on disk
    // before it is closed.
    const opened = await open(partial, 'wx', target.mode ?? 0o666);
    await pipeline(parts, opened.createWriteStream({ flush: true }));
    if (target.mode !== undefined) chmodSync(partial, target.mode);
    renameSync(partial, target.file);
  } catch (error) {
    rmSync(partial, { force: true });
    throw error;
  }
  syncDirectory(dirname(target.file));
};

/** Whether a name is that of a file that was being written when its process ended. */
export const isPartialFile = (name: string): boolean => PARTIAL.test(name);

const PARTIAL = /\.[0-9a-f]{12}\.partial$/;

/** A name that no other writer of the file has, in this process or another. */
const partialOf = (file: string): string => `${file}.${randomBytes(6).toString('hex')}.partial`;

const withPartial = (
  file: string,
  content: Content,
  mode: number,
  place: (partial: string) => void,
): void => {
  const partial = partialOf(file);
  try {
    writeDurably(partial, content, mode);
    place(partial);
  } finally {
    rmSync(partial, { force: true });
  }
  syncDirectory(dirname(file));
};

const writeDurably = (partial: string, content: Content, mode: number): void => {
  const descriptor = openSync(partial, 'wx', mode);
  try {
    for (const part of isParts(content) ? content : [content]) writeFileSync(descriptor, part);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
};

const isParts = (content: Content): content is readonly Uint8Array[] => Array.isArray(content);

/** The file that takes the place of what is there; undefined for a pipe, a device or a link to nothing. */
const replaceableAt = (
  file: string,
): { readonly file: string; readonly mode?: number } | undefined => {
  const found = statSync(file, { throwIfNoEntry: false });
  if (found !== undefined) {
    return found.isFile() ? { file: realpathSync(file), mode: found.mode & 0o777 } : undefined;
  }
  const isLinkToNothing = lstatSync(file, { throwIfNoEntry: false }) !== undefined;
  return isLinkToNothing ? undefined : { file };
};
