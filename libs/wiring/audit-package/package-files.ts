import { createHash } from 'node:crypto';
import { createReadStream, readdirSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';

export interface PackageFile {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** Every file of a directory and of those below, by name. Hidden ones are not of the package. */
export const filesIn = async (directory: string): Promise<readonly PackageFile[]> => {
  const names = readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((name) => !name.startsWith('.') && statSync(join(directory, name)).isFile())
    .sort();
  const files: PackageFile[] = [];
  for (const name of names) files.push(await fileAt(directory, name));
  return files;
};

export const fileAt = async (directory: string, name: string): Promise<PackageFile> => {
  const path = join(directory, name);
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 1024 * 1024 }), hash);
  return {
    name: name.replaceAll(sep, '/'),
    bytes: statSync(path).size,
    sha256: hash.digest('hex'),
  };
};

/** As `sha256sum -c` reads it. */
export const sumsText = (files: readonly PackageFile[]): string =>
  files.map(({ name, sha256 }) => `${sha256}  ${name}\n`).join('');
