import { copyFileSync, existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { StoreUnusable } from '#event-store/store-unusable';

/** The program that verifies a package, its page, what is to be read first, and what a bundle holds. */
const IS_OF_VERIFIER = /^(verify\.(mjs|html)|README.*|bundle-format\.md)$/;

/** Throws a sentence where there is nothing to verify a package with: without it, it proves nothing. */
export const requireVerifier = (directory: string): void => {
  const program = join(directory, 'verify.mjs');
  if (existsSync(program)) return;
  throw new StoreUnusable(
    'foreign-file',
    `${program} is missing; without it a package cannot be verified. Install Mingzhang whole.`,
    `缺少 ${program};没有它,审计包无法核验。请完整安装明账。`,
  );
};

export const copyVerifier = (from: string, to: string): void => {
  for (const name of readdirSync(from).filter((one) => IS_OF_VERIFIER.test(one))) {
    copyFileSync(join(from, name), join(to, name));
  }
};

/** `audit/` beside package.json, whether this runs from the sources or from what was built of them. */
export const ownVerifier = (): string => join(packageRoot(import.meta.dirname), 'audit');

const packageRoot = (directory: string): string =>
  existsSync(join(directory, 'package.json')) || dirname(directory) === directory
    ? directory
    : packageRoot(dirname(directory));
