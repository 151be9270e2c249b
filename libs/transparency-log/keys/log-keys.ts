import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createWholeFile, writeWholeFile } from '#files/whole-file';
import { StoreUnusable } from '#event-store/store-unusable';
import { formatVkey, SIGNATURE } from '#integrity/key';
import { Malformed } from '#integrity/malformed';
import { newSkey, parseSkey, type SigningKey } from '#integrity/signer';

/** Where the keys, the signer's memory and the checkpoints of a ledger are. */
export const integrityDirectory = (directory: string): string => join(directory, 'integrity');

export const logKeyFile = (directory: string): string =>
  join(integrityDirectory(directory), 'log.skey');

export const hasLogKeys = (directory: string): boolean => existsSync(logKeyFile(directory));

/** The keys that sign this ledger's checkpoints, oldest first: while keys change, two sign side by side. */
export const readLogKeys = (directory: string): readonly SigningKey[] => {
  const file = logKeyFile(directory);
  try {
    const keys = readFileSync(file, 'utf8').trim().split('\n').map(parseSkey);
    if (keys.length > 0) return keys;
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
  }
  throw new StoreUnusable(
    'damaged-file',
    `${file} holds no signing key. Restore it from where keys are kept; a new one would sign as another log.`,
    `${file} 里没有签名密钥;请从保管处恢复,新密钥等于另一本日志。`,
  );
};

/** The keys of a log; the first one is made where there is none. */
export const readOrMakeLogKeys = (directory: string, origin: string): readonly SigningKey[] => {
  createWholeFile(logKeyFile(directory), `${newSkey(origin, SIGNATURE)}\n`);
  return readLogKeys(directory);
};

/** Makes a further key of a log, which signs with the others from now on. */
export const addLogKey = (directory: string, origin: string): SigningKey => {
  const file = logKeyFile(directory);
  const skey = newSkey(origin, SIGNATURE);
  writeWholeFile(file, `${readFileSync(file, 'utf8').trimEnd()}\n${skey}\n`);
  return parseSkey(skey);
};

export const vkeysOf = (keys: readonly SigningKey[]): readonly string[] =>
  keys.map(({ verifier }) => formatVkey(verifier));
