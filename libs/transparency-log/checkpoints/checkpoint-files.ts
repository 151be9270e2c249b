import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { writeWholeFile } from '#files/whole-file';
import { StoreUnusable } from '#event-store/store-unusable';
import type { TreeHead } from '#integrity/tree';
import { hasLogKeys, integrityDirectory, readLogKeys, vkeysOf } from '../keys/log-keys.ts';

/** A tree that was signed, for everybody to hold the ledger to. */
export interface PublishedCheckpoint extends TreeHead {
  /** A C2SP signed note, with all cosignatures that came in. */
  readonly note: string;
  /** The instant it was signed at, by the signer's clock. */
  readonly published: string;
}

/** What an auditor needs to know a log by. */
export interface LogIdentity {
  readonly origin: string;
  readonly vkeys: readonly string[];
  /** By size. */
  readonly checkpoints: readonly PublishedCheckpoint[];
}

/** The origin, keys and checkpoints of a ledger; undefined when it was never signed. */
export const readLogIdentity = (directory: string): LogIdentity | undefined => {
  if (!hasLogKeys(directory)) return undefined;
  const keys = readLogKeys(directory);
  const origin = keys[0]?.verifier.name ?? '';
  const checkpoints = checkpointFiles(directory).map(readCheckpoint);
  return { origin, vkeys: vkeysOf(keys), checkpoints };
};

/** Whether there are checkpoints of this ledger, signed by whatever key. */
export const hasCheckpoints = (directory: string): boolean => checkpointFiles(directory).length > 0;

/** Undefined when nothing was signed yet. */
export const newestCheckpoint = (directory: string): PublishedCheckpoint | undefined => {
  const newest = checkpointFiles(directory).at(-1);
  return newest === undefined ? undefined : readCheckpoint(newest);
};

const checkpointFiles = (directory: string): readonly string[] => {
  const folder = checkpointDirectory(directory);
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => IS_CHECKPOINT.test(name));
  return names.sort().map((name) => join(folder, name));
};

/** Replaces a checkpoint by itself with more signatures. */
export const storeCheckpoint = (
  directory: string,
  checkpoint: PublishedCheckpoint,
): PublishedCheckpoint => {
  writeWholeFile(fileOf(directory, checkpoint.size), `${JSON.stringify(checkpoint)}\n`);
  return checkpoint;
};

/** The checkpoint of that size; undefined when none was signed at it. */
export const storedCheckpoint = (
  directory: string,
  size: number,
): PublishedCheckpoint | undefined => {
  const file = fileOf(directory, size);
  return existsSync(file) ? readCheckpoint(file) : undefined;
};

export const checkpointDirectory = (directory: string): string =>
  join(integrityDirectory(directory), 'checkpoints');

/** Twelve digits, so that names stand in the order of sizes. */
const fileOf = (directory: string, size: number): string =>
  join(checkpointDirectory(directory), `${String(size).padStart(12, '0')}.json`);

const IS_CHECKPOINT = /^\d{12}\.json$/;

/** As `storeCheckpoint` wrote it, under the name of its size. Its signature is checked where it is used. */
const readCheckpoint = (file: string): PublishedCheckpoint => {
  try {
    const checkpoint = JSON.parse(readFileSync(file, 'utf8')) as Partial<PublishedCheckpoint>;
    const { size, root, note, published } = checkpoint;
    const isWhole = [root, note, published].every((it) => typeof it === 'string');
    // Every field is of its type, as was just seen.
    if (isWhole && size === Number(basename(file, '.json')))
      return checkpoint as PublishedCheckpoint;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new StoreUnusable(
    'damaged-file',
    `${file} is no checkpoint any more. Bring it back from a backup, an audit package or a witness.`,
    `${file} 不再是检查点;请从备份、审计包或见证方取回。`,
  );
};
