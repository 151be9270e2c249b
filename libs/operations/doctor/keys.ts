import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { StoreUnusable } from '#event-store/store-unusable';
import { issuingKeys } from '#application/access/issuing-keys';
import { parseVkey } from '#integrity/key';
import { Malformed } from '#integrity/malformed';
import { parseNote } from '#integrity/note';
import { openNote } from '#integrity/open-note';
import { hasCheckpoints, newestCheckpoint } from '#transparency-log/checkpoints/checkpoint-files';
import { vaultExists } from '#vault/vault-file';
import { hasLogKeys, logKeyFile, readLogKeys, vkeysOf } from '#transparency-log/keys/log-keys';
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
  /** Whether something is there that only this key made or opens. */
  readonly isNeeded: boolean;
}

/** Every key that is there: whether others can read it, and whether it is a key at all. */
export const keys = async ({ directory, keyFiles }: DoctorInput): Promise<readonly Diagnosis[]> => {
  const secrets = secretsOf({ directory, keyFiles });
  const present = secrets.filter(({ file }) => existsSync(file));
  const found: Diagnosis[] = [...missing(secrets), ...signsWhatIsStored(directory)];
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

/** What was lost, or left behind by a restore. */
const missing = (secrets: readonly Secret[]): readonly Diagnosis[] =>
  secrets
    .filter(({ file, isNeeded }) => isNeeded && !existsSync(file))
    .map(({ file }) =>
      fault(
        'keys',
        `缺少密钥 ${file},本台账用过它;请从保管处恢复,不要另做。`,
        `The key ${file}, which this ledger has used, is missing: restore it from where keys are kept, and make no other.`,
      ),
    );

/** The key at hand is the one that signed the newest checkpoint. */
const signsWhatIsStored = (directory: string): readonly Diagnosis[] => {
  const newest = newestCheckpoint(directory);
  if (newest === undefined || !hasLogKeys(directory)) return [];
  try {
    const keys = vkeysOf(readLogKeys(directory)).map(parseVkey);
    if (openNote(parseNote(newest.note), keys).kind === 'verified') return [];
  } catch (error) {
    // A damaged key is told where keys are read.
    if (!(error instanceof Malformed) && !(error instanceof StoreUnusable)) throw error;
    return [];
  }
  return [
    fault(
      'keys',
      `${logKeyFile(directory)} 不是签过检查点的那把密钥;请从保管处恢复原来的。`,
      `${logKeyFile(directory)} is not the key that signed the checkpoints: restore that one from where keys are kept.`,
    ),
  ];
};

type Place = Pick<DoctorInput, 'directory' | 'keyFiles'>;

const secretsOf = ({ directory, keyFiles }: Place): readonly Secret[] => [
  {
    file: keyFiles.tokenKey ?? join(directory, TOKEN_KEY_FILE),
    zh: '谁都能签发令牌',
    en: 'who could sign tokens',
    read: () => openTokens(directory, keyFiles.tokenKey),
    isNeeded: issuingKeys(directory).length > 0,
  },
  {
    file: logKeyFile(directory),
    zh: '谁都能签检查点',
    en: 'who could sign checkpoints',
    read: () => readLogKeys(directory),
    isNeeded: hasCheckpoints(directory),
  },
  {
    file: vaultKeyFile({ directory, keyFiles }),
    zh: '谁都能打开个人资料保险库',
    en: 'who could open the vault of personal data',
    read: () => readVaultKey({ directory, keyFiles }),
    isNeeded: vaultExists(directory),
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
