import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createWholeFile } from '#files/whole-file';
import { StoreUnusable } from '#event-store/store-unusable';
import { KEY_BYTES, newKey } from './seal.ts';

/** The data directory of a vault, and its key file where that is placed elsewhere. */
export interface VaultPlace {
  readonly directory: string;
  readonly keyFiles?: { readonly vaultKey?: string | undefined };
}

/** Wraps the keys of all subjects. */
export const vaultKeyFile = ({ directory, keyFiles }: VaultPlace): string =>
  keyFiles?.vaultKey ?? join(directory, 'vault.key');

export const readVaultKey = (vault: VaultPlace): Buffer => {
  const file = vaultKeyFile(vault);
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
export const readOrMakeVaultKey = (vault: VaultPlace): Buffer => {
  // Of two processes that begin at once, both go on with the key that was written first.
  if (vault.keyFiles?.vaultKey === undefined) {
    createWholeFile(vaultKeyFile(vault), `${newKey().toString('base64')}\n`);
  }
  return readVaultKey(vault);
};

/** Says that the key at hand is not the one this vault was made with. */
export const keyOfAnotherVault = (vault: VaultPlace): StoreUnusable =>
  new StoreUnusable(
    'foreign-file',
    `${vaultKeyFile(vault)} is not the key of this vault. Restore the right one; nothing was changed.`,
    `${vaultKeyFile(vault)} 不是这个保险库的密钥;请恢复原来的密钥,未作任何改动。`,
  );
