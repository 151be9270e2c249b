import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from '@jest/globals';
import type { Hash } from '#integrity/hash';
import { SHA_256 } from '#integrity/hash';
import type { HashReader, Subtree } from '#integrity/subtrees';
import { appendLeaf, NO_LEAVES, rootOf, type Frontier } from '#integrity/tree';

/** Vectors that others publish are read where they are; this repository holds its own examples. */
const PUBLISHED = new URL('../../../../shared/vectors/', import.meta.url).pathname;

/** Describes tests that read published vectors, or says that they are skipped. */
export const describePublished = (folder: string, tests: (path: string) => void): void => {
  const path = join(PUBLISHED, folder);
  if (existsSync(path)) return void describe(`the vectors of ${folder}`, () => tests(path));
  console.log(`The vectors of ${folder} are not beside this repository: their tests are skipped.`);
  describe.skip(`the vectors of ${folder}`, () => test.todo('are not here'));
};

export const readJson = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));

export const filesUnder = (folder: string): readonly string[] =>
  readdirSync(folder)
    .map((name) => join(folder, name))
    .flatMap((path) => (statSync(path).isDirectory() ? filesUnder(path) : [path]));

export const fixture = (name: string): string =>
  readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8');

/** A log in memory: its roots at every size, and a reader of its hashes. */
export interface Grown {
  readonly leaves: readonly Hash[];
  readonly roots: readonly Hash[];
  readonly frontiers: readonly Frontier[];
  readonly reader: HashReader;
}

/** The leaves of a log that says 0, 1, 2, … */
export const leafOf = (n: number, tree = SHA_256): Hash => tree.leaf(Buffer.from(`{"n":${n}}`));

export const grow = (size: number, tree = SHA_256, leaf = leafOf): Grown => {
  const stored = new Map<string, Hash>();
  const leaves: Hash[] = [];
  const frontiers: Frontier[] = [NO_LEAVES];
  for (let frontier = NO_LEAVES; frontier.size < size; frontiers.push(frontier)) {
    const next = leaf(frontier.size, tree);
    leaves.push(next);
    const appended = appendLeaf(frontier, next, tree);
    for (const { hash, ...subtree } of appended.stored) stored.set(keyOf(subtree), hash);
    frontier = appended.frontier;
  }
  const readHashes: HashReader['readHashes'] = (subtrees) =>
    subtrees.map((subtree) => {
      const hash = stored.get(keyOf(subtree));
      if (hash === undefined) throw new Error(`No hash is stored at ${keyOf(subtree)}.`);
      return hash;
    });
  const roots = frontiers.map((frontier) => rootOf(frontier, tree));
  return { leaves, roots, frontiers, reader: { readHashes } };
};

const keyOf = ({ level, index }: Subtree): string => `${level}/${index}`;

/** The same hash but for one bit. */
export const flipped = (hash: Hash, byte = 0): Hash => {
  const bytes = Buffer.from(hash, 'hex');
  bytes[byte] = (bytes[byte] ?? 0) ^ 1;
  return bytes.toString('hex');
};
