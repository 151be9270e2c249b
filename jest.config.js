import { randomInt } from 'node:crypto';
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, statfsSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// Workers inherit it: every property of a run draws from one seed.
if (process.env.MZ_SEED === undefined) {
  process.env.MZ_SEED = String(randomInt(2 ** 31));
  console.error(`MZ_SEED=${process.env.MZ_SEED}`);
}

// Specs and processes start with what Node has compiled before. Workers, threads and processes inherit
// the name of the directory.
process.env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, 'node_modules/.cache/mingzhang-tests');
enableCompileCache(process.env.NODE_COMPILE_CACHE);

/** Whether a directory in memory has room for the ledgers of all tests. */
const hasRoom = (directory) => {
  if (!existsSync(directory)) return false;
  const { bavail, bsize } = statfsSync(directory);
  return bavail * bsize > 4 * 2 ** 30;
};

// Ledgers of tests stand in memory where they can: half of the time went into waiting for a disk.
if (process.env.TMPDIR === undefined && hasRoom('/dev/shm')) process.env.TMPDIR = '/dev/shm';

// Ledgers that are made once a worker and copied: test/support/shared-ledgers.ts.
const shared = mkdtempSync(join(tmpdir(), 'mingzhang-shared-'));
process.env.MZ_SHARED_LEDGERS = shared;
process.on('exit', () => rmSync(shared, { recursive: true, force: true }));

/** Specs whose counts grow in the campaign: they import test/support/property.ts, or the contract, which does. */
const growing = globSync('test/{unit,contract,stories,process}/**/*.spec.ts').filter((file) =>
  /(support\/property|event-store-contract)\.ts'/.test(readFileSync(file, 'utf8')),
);

/**
 * Specs run the build, in processes of bare Node that load each module once: Jest's own runner loads
 * all of Nest anew for every spec, which was a third of the time. A test has no time limit.
 */
const project = (displayName, testMatch) => ({
  displayName,
  runner: ['jest-light-runner', { runtime: 'child_process' }],
  testMatch,
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/data/'],
});

const room = (name) => project(name, [`<rootDir>/test/${name}/**/*.spec.ts`]);

/** @type {import('jest').Config} */
export default {
  maxWorkers: 2,
  projects: [
    room('unit'),
    room('contract'),
    room('stories'),
    room('process'),
    room('repository'),
    project('campaign', [
      '<rootDir>/test/campaign/**/*.spec.ts',
      ...growing.map((file) => `<rootDir>/${file}`),
    ]),
  ],
};
