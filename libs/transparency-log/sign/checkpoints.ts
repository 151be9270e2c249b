import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { StoreUnusable } from '#event-store/store-unusable';
import { formatCheckpoint } from '#integrity/checkpoint';
import { formatNote } from '#integrity/note';
import { signNote, type SigningKey } from '#integrity/signer';
import { maySign } from '#integrity/signer-state';
import { rootAt, type TreeHead } from '#integrity/tree';
import type { Clock } from '#application/commands/clock';
import type { LedgerReader } from '#wiring/ledger';
import {
  addLogKey,
  hasLogKeys,
  integrityDirectory,
  readLogKeys,
  vkeysOf,
} from '../keys/log-keys.ts';
import { openSignerMemory, writeWhole } from './signer-memory.ts';

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

export type SignableLedger = Pick<LedgerReader, 'directory' | 'log' | 'tree'>;

/**
 * Signs the tree over all events there are now. Signing the same tree again gives the same
 * checkpoint. Throws `StoreUnusable` when a larger or another tree was signed before: a log restored
 * from a backup must not go on as if nothing had been.
 */
export const publishCheckpoint = async (
  ledger: SignableLedger,
  clock: Clock,
): Promise<PublishedCheckpoint> => {
  const { directory, tree } = ledger;
  const size = Number((await ledger.log.head()) ?? 0n);
  if (size === 0) throw nothingToSign();
  const head = { size, root: rootAt(size, tree) };
  const keys = hasLogKeys(directory)
    ? readLogKeys(directory)
    : [addLogKey(directory, await originOf(ledger))];
  const memory = openSignerMemory(directory);
  const remembered = memory.read();
  const signed = larger(remembered, newestCheckpoint(directory));
  switch (maySign(signed, head, tree)) {
    case 'would-roll-back':
    case 'would-fork':
      throw refused(signed, head);
    case 'already-signed':
      return kept(directory, size) ?? keep(directory, signedBy(keys, head, clock));
    case 'sign':
      memory.replace(remembered, head);
      return keep(directory, signedBy(keys, head, clock));
  }
};

/** A memory that was lost, or came out of a backup, knows less than the checkpoints that were kept. */
const larger = (remembered: TreeHead | undefined, kept: TreeHead | undefined) =>
  (kept?.size ?? 0) > (remembered?.size ?? 0) ? kept : remembered;

/** The origin, keys and checkpoints of a ledger; undefined when it was never signed. */
export const readLogIdentity = (directory: string): LogIdentity | undefined => {
  if (!hasLogKeys(directory)) return undefined;
  const keys = readLogKeys(directory);
  const origin = keys[0]?.verifier.name ?? '';
  const checkpoints = checkpointFiles(directory).map(readCheckpoint);
  return { origin, vkeys: vkeysOf(keys), checkpoints };
};

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
export const keep = (directory: string, checkpoint: PublishedCheckpoint): PublishedCheckpoint => {
  writeWhole(fileOf(directory, checkpoint.size), `${JSON.stringify(checkpoint)}\n`);
  return checkpoint;
};

const kept = (directory: string, size: number): PublishedCheckpoint | undefined => {
  const file = fileOf(directory, size);
  return existsSync(file) ? readCheckpoint(file) : undefined;
};

const signedBy = (
  keys: readonly SigningKey[],
  head: TreeHead,
  clock: Clock,
): PublishedCheckpoint => {
  const origin = keys[0]?.verifier.name ?? '';
  const text = formatCheckpoint({ origin, ...head, extensions: [] });
  // The time is of no use to a key that signs; only witnesses state one.
  const note = signNote(
    text,
    keys.map(({ signerAt }) => signerAt(0)),
  );
  return { ...head, note: formatNote(note), published: clock() };
};

/** A log is named after its first event, so that a ledger keeps its name wherever it is moved to. */
const originOf = async ({ log }: SignableLedger): Promise<string> => {
  for await (const { id } of log.readAll({ limit: 1 })) return `mingzhang/${id}`;
  throw nothingToSign();
};

const checkpointDirectory = (directory: string): string =>
  join(integrityDirectory(directory), 'checkpoints');

/** Twelve digits, so that names stand in the order of sizes. */
const fileOf = (directory: string, size: number): string =>
  join(checkpointDirectory(directory), `${String(size).padStart(12, '0')}.json`);

const IS_CHECKPOINT = /^\d{12}\.json$/;

/** As `keep` above wrote it, under the name of its size; whoever believes it checks its signature. */
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

const nothingToSign = (): StoreUnusable =>
  new StoreUnusable(
    'signing-refused',
    'The ledger is empty; there is nothing to sign yet.',
    '台账还是空的,没有可签的内容。',
  );

const refused = (signed: TreeHead | undefined, head: TreeHead): StoreUnusable =>
  new StoreUnusable(
    'signing-refused',
    `This ledger (${head.size} events) is not what was signed before (${signed?.size} events): it was restored from a backup or rewritten. Nothing was signed. Bring back the newest log; if it is lost, say so to the witnesses and begin a new log.`,
    `这本台账(${head.size} 个事件)不是先前签过的那一本(${signed?.size} 个事件):它来自备份,或被改写。没有签名。请取回最新的日志;确已丢失的,应告知见证方并另立新日志。`,
  );
