import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeWholeFile } from '#files/whole-file';
import { StoreUnusable } from '#event-store/store-unusable';
import { isHash } from '#integrity/hash';
import type { TreeHead } from '#integrity/tree';
import { integrityDirectory } from '../keys/log-keys.ts';

/**
 * What a ledger last signed, kept apart from its log: a log that was restored from a backup is told
 * apart from one that went on. A `file` of its own puts it where no backup of the data reaches.
 */
export interface SignerMemory {
  readonly read: () => TreeHead | undefined;
  /** Replaces what was read by what is about to be signed. Throws when somebody else was quicker. */
  readonly replace: (before: TreeHead | undefined, after: TreeHead) => void;
}

export const openSignerMemory = (
  directory: string,
  file: string = join(integrityDirectory(directory), 'signer-memory.json'),
): SignerMemory => {
  const read = (): TreeHead | undefined => (existsSync(file) ? headIn(file) : undefined);
  return {
    read,
    replace: (before, after) => {
      const now = read();
      if (now?.size !== before?.size || now?.root !== before?.root) throw overtaken(file);
      writeWholeFile(file, `${JSON.stringify(after)}\n`);
    },
  };
};

const headIn = (file: string): TreeHead => {
  try {
    const { size, root } = JSON.parse(readFileSync(file, 'utf8')) as Partial<TreeHead>;
    if (Number.isSafeInteger(size) && root !== undefined && isHash(root)) {
      return { size: Number(size), root };
    }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new StoreUnusable(
    'damaged-file',
    `${file} does not say what was signed last. Nothing is signed before it is restored.`,
    `${file} 读不出上次签了什么;恢复之前不再签名。`,
  );
};

const overtaken = (file: string): StoreUnusable =>
  new StoreUnusable(
    'signing-refused',
    `${file} was changed by another process. One node signs, and no other.`,
    `${file} 已被另一个进程改动;只能由一个节点签名。`,
  );
