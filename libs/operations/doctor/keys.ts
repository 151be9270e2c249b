import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { StoreUnusable } from '#event-store/store-unusable';
import { logKeyFile, readLogKeys } from '#transparency-log/keys/log-keys';
import { openSignerMemory } from '#transparency-log/sign/signer-memory';
import { openTokens, TOKEN_KEY_FILE } from '#application/access/tokens';
import { readVaultKey, vaultKeyFile } from '#vault/vault-key';
import { fault, ok, type Diagnosis, type DoctorInput } from './diagnosis.ts';

interface Secret {
  readonly file: string;
  /** What whoever else reads it can do. */
  readonly zh: string;
  readonly en: string;
  /** Throws when it is not what it should be. */
  readonly read: () => unknown;
}

/** Every key that is there: whether others can read it, and whether it is a key at all. */
export const keys = async ({ directory, keyFiles }: DoctorInput): Promise<readonly Diagnosis[]> => {
  const present = secretsOf({ directory, keyFiles }).filter(({ file }) => existsSync(file));
  const found: Diagnosis[] = [];
  for (const secret of present) found.push(...exposure(secret), ...(await content(secret)));
  try {
    openSignerMemory(directory, keyFiles.signerMemory).read();
  } catch (error) {
    found.push(asFault(error));
  }
  const names = present.map(({ file }) => file).join('、');
  return found.length > 0 || present.length === 0
    ? found
    : [ok('keys', `密钥完好,只有属主能读:${names}`, `Keys are whole and private: ${names}`)];
};

type Place = Pick<DoctorInput, 'directory' | 'keyFiles'>;

const secretsOf = ({ directory, keyFiles }: Place): readonly Secret[] => [
  {
    file: keyFiles.tokenKey ?? join(directory, TOKEN_KEY_FILE),
    zh: '谁都能签发令牌',
    en: 'who could sign tokens',
    read: () => openTokens(directory, keyFiles.tokenKey),
  },
  {
    file: logKeyFile(directory),
    zh: '谁都能签检查点',
    en: 'who could sign checkpoints',
    read: () => readLogKeys(directory),
  },
  {
    file: vaultKeyFile({ directory, keyFiles }),
    zh: '谁都能打开个人资料保险库',
    en: 'who could open the vault of personal data',
    read: () => readVaultKey({ directory, keyFiles }),
  },
];

const exposure = ({ file, zh, en }: Secret): readonly Diagnosis[] =>
  (statSync(file).mode & 0o077) === 0
    ? []
    : [
        fault(
          'keys',
          `${file} 别人也能读,等于${zh};请 chmod 600。`,
          `${file} can be read by others, ${en}; chmod 600 it.`,
        ),
      ];

const content = async ({ read }: Secret): Promise<readonly Diagnosis[]> => {
  try {
    await read();
    return [];
  } catch (error) {
    return [asFault(error)];
  }
};

const asFault = (error: unknown): Diagnosis =>
  error instanceof StoreUnusable
    ? fault('keys', error.zh, error.message)
    : fault('keys', `密钥读不了:${String(error)}`, `A key cannot be read: ${String(error)}`);
