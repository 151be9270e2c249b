import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createWholeFile } from '#files/whole-file';
import { StoreUnusable } from '#event-store/store-unusable';
import { KEY_BYTES, newKey } from './seal.ts';

/** Wraps the keys of all subjects. Beside the vault unless `MZ_VAULT_KEY_FILE` names another place. */
export const vaultKeyFile = (directory: string): string =>
  process.env['MZ_VAULT_KEY_FILE'] ?? join(directory, 'vault.key');

export const readVaultKey = (directory: string): Buffer => {
  const file = vaultKeyFile(directory);
  if (!existsSync(file)) {
    throw new StoreUnusable(
      'directory-unusable',
      `The vault's key ${file} is missing. Restore it from where keys are kept; without it nobody can read the vault.`,
      `缺少保险库的密钥 ${file};请从保管处恢复,没有它谁也读不了保险库。`,
    );
  }
  const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64');
  if (key.length === KEY_BYTES) return key;
  throw new StoreUnusable(
    'foreign-file',
    `${file} holds no key of a vault: 32 bytes in base64, as \`openssl rand -base64 32\` prints them.`,
    `${file} 不是保险库密钥:应是 base64 写成的 32 个字节,如 openssl rand -base64 32 所出。`,
  );
};

/** The key of a vault that is being made. One that is named elsewhere is only read. */
export const readOrMakeVaultKey = (directory: string): Buffer => {
  // Of two processes that begin at once, both go on with the key that was written first.
  if (process.env['MZ_VAULT_KEY_FILE'] === undefined) {
    createWholeFile(vaultKeyFile(directory), `${newKey().toString('base64')}\n`);
  }
  return readVaultKey(directory);
};

/** Says that the key at hand is not the one this vault was made with. */
export const keyOfAnotherVault = (directory: string): StoreUnusable =>
  new StoreUnusable(
    'foreign-file',
    `${vaultKeyFile(directory)} is not the key of this vault. Restore the right one; nothing was changed.`,
    `${vaultKeyFile(directory)} 不是这个保险库的密钥;请恢复原来的密钥,未作任何改动。`,
  );
