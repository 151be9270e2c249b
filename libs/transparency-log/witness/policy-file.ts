import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeWholeFile } from '#files/whole-file';
import { StoreUnusable } from '#event-store/store-unusable';
import { Malformed } from '#integrity/malformed';
import { parsePolicy, type Policy } from '#integrity/policy';
import { integrityDirectory } from '../keys/log-keys.ts';

/** Which witnesses a ledger asks, and how many of them must have signed; a C2SP tlog-policy. */
export const readPolicyFile = (directory: string): Policy | undefined => {
  const file = policyFile(directory);
  if (!existsSync(file)) return undefined;
  try {
    return parsePolicy(readFileSync(file));
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    throw new StoreUnusable(
      'damaged-file',
      `${file} is no policy: ${error.message}. Give it again with \`mz witness policy\`.`,
      `${file} 不是见证规则:${error.message}。请用 mz witness policy 重新给出。`,
    );
  }
};

/** Throws `Malformed` and keeps what was there when the text is no policy. */
export const storePolicyFile = (directory: string, text: string): Policy => {
  const policy = parsePolicy(text);
  writeWholeFile(policyFile(directory), text);
  return policy;
};

const policyFile = (directory: string): string => join(integrityDirectory(directory), 'policy');
