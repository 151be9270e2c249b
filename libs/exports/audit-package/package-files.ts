import { createHash } from 'node:crypto';
import { closeSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';

export interface PackageFile {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** Every file of a directory and of those below, by name. Hidden ones are not of the package. */
export const filesIn = (directory: string): readonly PackageFile[] =>
  readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((name) => !name.startsWith('.') && statSync(join(directory, name)).isFile())
    .sort()
    .map((name) => fileAt(directory, name));

export const fileAt = (directory: string, name: string): PackageFile => {
  const path = join(directory, name);
  return {
    name: name.replaceAll(sep, '/'),
    bytes: statSync(path).size,
    sha256: sha256Of(path),
  };
};

/** Read piece by piece into one buffer: a stream would leave gigabytes of them behind. */
const sha256Of = (path: string): string => {
  const hash = createHash('sha256');
  const buffer = Buffer.allocUnsafe(256 * 1024);
  const file = openSync(path, 'r');
  try {
    for (let length; (length = readSync(file, buffer)) > 0;)
      hash.update(buffer.subarray(0, length));
  } finally {
    closeSync(file);
  }
  return hash.digest('hex');
};

/** As `sha256sum -c` reads it. */
export const sumsText = (files: readonly PackageFile[]): string =>
  files.map(({ name, sha256 }) => `${sha256}  ${name}\n`).join('');
