import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { StoreUnusable } from '#event-store/store-unusable';
import { writeWholeFile } from '#files/whole-file';

/** One line a key that issued tokens of a ledger, the one in use last. It holds no secret. */
export interface IssuingKey {
  /** RFC 7638, of the public key. */
  readonly thumbprint: string;
  readonly since: string;
  /** Why another key was made; absent of the first. */
  readonly reason?: string;
}

/** The mark that the first token leaves: a key that is missing beside it was lost, and is not made anew. */
export const issuingKeysFile = (directory: string): string =>
  join(directory, 'tokens-issued.ndjson');

/** The keys that issued tokens, oldest first; none before the first token. */
export const issuingKeys = (directory: string): readonly IssuingKey[] => {
  const file = issuingKeysFile(directory);
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => readKey(file, line));
};

const readKey = (file: string, line: string): IssuingKey => {
  try {
    return JSON.parse(line) as IssuingKey; // as `recordIssuingKey` wrote it
  } catch (error) {
    throw new StoreUnusable(
      'damaged-file',
      `${file}, which says what issued the tokens of this ledger, is damaged. Restore it from a backup.`,
      `${file}(签发过令牌的标记)已损坏;请从备份恢复。`,
      error,
    );
  }
};

/** Records a key before its first token; the same key again changes nothing. */
export const recordIssuingKey = (directory: string, key: IssuingKey): void => {
  const before = issuingKeys(directory);
  if (before.at(-1)?.thumbprint === key.thumbprint) return;
  const lines = [...before, key].map((it) => `${JSON.stringify(it)}\n`);
  writeWholeFile(issuingKeysFile(directory), lines.join(''));
};
