import { StoreUnusable } from '#event-store/store-unusable';
import { formatCheckpoint } from '#integrity/checkpoint';
import { formatNote } from '#integrity/note';
import { signNote, type SigningKey } from '#integrity/signer';
import { maySign } from '#integrity/signer-state';
import { rootAt, type TreeHead } from '#integrity/tree';
import type { Clock } from '#application/commands/clock';
import {
  newestCheckpoint,
  storeCheckpoint,
  storedCheckpoint,
  type PublishedCheckpoint,
} from '../checkpoints/checkpoint-files.ts';
import { hasLogKeys, logKeyFile, readLogKeys, readOrMakeLogKeys } from '../keys/log-keys.ts';
import type { SignableLedger } from '../ledgers.ts';
import { openSignerMemory } from './signer-memory.ts';

type Signed = Pick<SignableLedger, 'directory' | 'keyFiles' | 'log' | 'tree'>;

/**
 * Signs the tree over all events there are now. Signing the same tree again gives the same
 * checkpoint. Throws `StoreUnusable` when a larger or another tree was signed before: a log restored
 * from a backup must not go on as if nothing had been.
 */
export const publishCheckpoint = async (
  ledger: Signed,
  clock: Clock,
): Promise<PublishedCheckpoint> => {
  const { directory, tree } = ledger;
  const size = Number((await ledger.log.head()) ?? 0n);
  if (size === 0) throw nothingToSign();
  const head = { size, root: rootAt(size, tree) };
  const memory = openSignerMemory(directory, ledger.keyFiles.signerMemory);
  const remembered = memory.read();
  const signed = larger(remembered, newestCheckpoint(directory));
  if (signed !== undefined && !hasLogKeys(directory)) throw keyMissing(directory);
  const keys = hasLogKeys(directory)
    ? readLogKeys(directory)
    : readOrMakeLogKeys(directory, await originOf(ledger));
  switch (maySign(signed, head, tree)) {
    case 'would-roll-back':
    case 'would-fork':
      throw refused(signed, head);
    case 'already-signed':
      return (
        storedCheckpoint(directory, size) ?? storeCheckpoint(directory, signedBy(keys, head, clock))
      );
    case 'sign':
      memory.replace(remembered, head);
      return storeCheckpoint(directory, signedBy(keys, head, clock));
  }
};

/** A memory that was lost, or came out of a backup, knows less than the stored checkpoints. */
const larger = (remembered: TreeHead | undefined, stored: TreeHead | undefined) =>
  (stored?.size ?? 0) > (remembered?.size ?? 0) ? stored : remembered;

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
const originOf = async ({ log }: Pick<Signed, 'log'>): Promise<string> => {
  for await (const { id } of log.readAll({ limit: 1 })) return `mingzhang/${id}`;
  throw nothingToSign();
};

const keyMissing = (directory: string): StoreUnusable =>
  new StoreUnusable(
    'signing-refused',
    `This ledger was signed before, and its key ${logKeyFile(directory)} is missing. Nothing was signed: another key would begin another log. Restore it from where keys are kept.`,
    `这本台账签过名,而密钥 ${logKeyFile(directory)} 不见了。没有签名:换一把密钥等于另立一本日志。请从保管处恢复。`,
  );

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
