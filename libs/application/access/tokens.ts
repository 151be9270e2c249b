import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  calculateJwkThumbprint,
  errors,
  exportJWK,
  generateKeyPair,
  importJWK,
  jwtVerify,
  SignJWT,
  type CryptoKey,
  type JWK,
} from 'jose';
import { createWholeFile, writeWholeFile } from '#files/whole-file';
import { issuingKeys, recordIssuingKey } from './issuing-keys.ts';
import { soundActor } from './sound-actor.ts';
import { StoreUnusable } from '#event-store/store-unusable';
import { ROLES, type Actor, type Role } from '#ledger/context';
import { v7 as uuidV7 } from 'uuid';

const ALGORITHM = 'Ed25519';
const ISSUER = 'mingzhang';
export const TOKEN_KEY_FILE = 'signing-key.json';

export interface TokenRequest {
  readonly actor: Actor;
  /** Such as `30 days`, `8h`. */
  readonly expiresIn: string;
}

export type VerifiedToken =
  /** Until an instant in milliseconds. */
  | { readonly kind: 'actor'; readonly actor: Actor; readonly until: number }
  | { readonly kind: 'rejected'; readonly reason: 'expired' | 'invalid' };

/** Issues and verifies the bearer tokens of one ledger. */
export interface Tokens {
  issue(request: TokenRequest): Promise<string>;
  verify(token: string): Promise<VerifiedToken>;
}

/**
 * The tokens of the ledger in a data directory. Its signing key is made before the first token and
 * readable by its owner alone; whoever can read it can be anybody. It is never made anew in silence:
 * where tokens were issued and the key is missing, or is another, this throws `StoreUnusable`. Several
 * nodes of one ledger are given the same key in `keyFile`, which is only read.
 */
export const openTokens = async (directory: string, keyFile?: string): Promise<Tokens> => {
  const key = keyFile === undefined ? await readOrMakeKey(directory) : await readKey(keyFile);
  return {
    issue: ({ actor, expiresIn }) => {
      if (keyFile === undefined) markIssued(directory, key);
      return new SignJWT({ organisation: actor.organisation, role: actor.role })
        .setProtectedHeader({ alg: ALGORITHM })
        .setIssuer(ISSUER)
        .setSubject(actor.id)
        .setJti(uuidV7())
        .setIssuedAt()
        .setExpirationTime(expiresIn)
        .sign(key.secret);
    },
    verify: remembering((token) => verify(token, key.public)),
  };
};

/** Makes another key, and says why: all tokens issued so far end with it. */
export const replaceTokenKey = async (directory: string, reason: string): Promise<void> => {
  writeWholeFile(join(directory, TOKEN_KEY_FILE), await newKeyText());
  const { thumbprint } = await readKey(join(directory, TOKEN_KEY_FILE));
  recordIssuingKey(directory, { thumbprint, since: new Date().toISOString(), reason });
};

const markIssued = (directory: string, { thumbprint }: SigningKey): void =>
  recordIssuingKey(directory, { thumbprint, since: new Date().toISOString() });

const REMEMBERED_TOKENS = 1_000;

/** A signature that held once holds until its token expires; only good tokens are remembered. */
const remembering = (check: Tokens['verify']): Tokens['verify'] => {
  const known = new Map<string, Extract<VerifiedToken, { readonly kind: 'actor' }>>();
  return async (token) => {
    const remembered = known.get(token);
    if (remembered !== undefined && remembered.until > Date.now()) return remembered;
    const verified = await check(token);
    if (known.size >= REMEMBERED_TOKENS) known.clear();
    if (verified.kind === 'actor') known.set(token, verified);
    return verified;
  };
};

interface SigningKey {
  readonly secret: CryptoKey;
  readonly public: CryptoKey;
  /** RFC 7638, of the public key. */
  readonly thumbprint: string;
}

const verify = async (token: string, key: CryptoKey): Promise<VerifiedToken> => {
  try {
    const options = { issuer: ISSUER, algorithms: [ALGORITHM], requiredClaims: ['sub', 'exp'] };
    const { payload } = await jwtVerify(token, key, options);
    const { sub, exp, organisation, role } = payload;
    if (exp === undefined || typeof organisation !== 'string' || !isRole(role)) {
      return { kind: 'rejected', reason: 'invalid' };
    }
    const named = soundActor({ id: sub ?? '', organisation, role });
    if (named.kind === 'unsound') return { kind: 'rejected', reason: 'invalid' };
    return { kind: 'actor', actor: named.actor, until: exp * 1_000 };
  } catch (error) {
    if (!(error instanceof errors.JOSEError)) throw error;
    const expired = error instanceof errors.JWTExpired;
    return { kind: 'rejected', reason: expired ? 'expired' : 'invalid' };
  }
};

const readKey = async (file: string): Promise<SigningKey> => {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new StoreUnusable(
      'directory-unusable',
      `The signing key ${file} (MZ_SIGNING_KEY_FILE) cannot be read.`,
      `读不到签名密钥 ${file}(MZ_SIGNING_KEY_FILE)。`,
      error,
    );
  });
  return importKey(file, text);
};

const readOrMakeKey = async (directory: string): Promise<SigningKey> => {
  const file = join(directory, TOKEN_KEY_FILE);
  const issuing = issuingKeys(directory).at(-1);
  const text = await readFile(file, 'utf8').catch(ifMissing);
  if (text !== undefined) {
    const key = await importKey(file, text);
    if (issuing === undefined || issuing.thumbprint === key.thumbprint) return key;
    throw lost(
      `${file} is not the key that issued the tokens of this ledger`,
      `${file} 不是签发本台账令牌的那把密钥`,
    );
  }
  if (issuing !== undefined) {
    throw lost(
      `The key ${file}, which issued tokens, is missing`,
      `签发过令牌的密钥 ${file} 不见了`,
    );
  }
  // When two processes start at once, both go on with the key that was written first.
  createWholeFile(file, await newKeyText());
  return importKey(file, await readFile(file, 'utf8'));
};

const newKeyText = async (): Promise<string> => {
  const { privateKey } = await generateKeyPair(ALGORITHM, { extractable: true });
  return `${JSON.stringify(await exportJWK(privateKey))}\n`;
};

const lost = (en: string, zh: string): StoreUnusable =>
  new StoreUnusable(
    'directory-unusable',
    `${en}. Restore it from where keys are kept. If it is lost for good: mz token --new-key --reason …, which ends all tokens.`,
    `${zh};请从保管处恢复。确已丢失的,用 mz token --new-key --reason … 另做一把,以前的令牌随之作废。`,
  );

const importKey = async (file: string, text: string): Promise<SigningKey> => {
  try {
    const { d, ...publicPart } = JSON.parse(text) as JWK;
    const secret = await importJWK({ ...publicPart, ...(d === undefined ? {} : { d }) }, ALGORITHM);
    const shared = await importJWK(publicPart, ALGORITHM);
    if (isCryptoKey(secret) && isCryptoKey(shared) && secret.type === 'private') {
      return { secret, public: shared, thumbprint: await calculateJwkThumbprint(publicPart) };
    }
  } catch {
    // Told below, in words that help.
  }
  throw new StoreUnusable(
    'damaged-file',
    `${file} holds no signing key. Restore it from where keys are kept.`,
    `${file} 里没有签名密钥;请从保管处恢复。`,
  );
};

const isCryptoKey = (key: CryptoKey | Uint8Array): key is CryptoKey => !(key instanceof Uint8Array);

const isRole = (value: unknown): value is Role => ROLES.some((role) => role === value);

const ifMissing = (error: NodeJS.ErrnoException): undefined => {
  if (error.code !== 'ENOENT') throw error;
};
