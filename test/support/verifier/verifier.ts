import { expect } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import {
  bundleOf,
  linesOf,
  logSigner,
  witness,
  type Bundle,
  type Wishes,
} from './bundle-fixture.ts';
import { YEAR } from './county.ts';

export interface Fault {
  readonly code: number;
  readonly check: string;
  readonly what: string;
  readonly zh: string;
  readonly en: string;
  readonly [more: string]: unknown;
}

export interface Report {
  readonly exit: number;
  readonly verdict: { readonly zh: string; readonly en: string };
  readonly checks: readonly { readonly check: string; readonly ok: boolean | null }[];
  readonly faults: readonly Fault[];
  readonly warnings: readonly Fault[];
  readonly [more: string]: unknown;
}

export const VERIFIER = new URL('../../../audit/verify.mjs', import.meta.url).pathname;

/** What the file exports; it is plain JavaScript, so its shape is told here. */
export interface Core {
  verify(asked: object, tools: object): Promise<Report>;
  canonical(value: unknown): string;
  headsAt(leaves: object, sizes: readonly number[], sha256: Hash): ReadonlyMap<number, string>;
  openNote(
    text: string,
    keys: readonly object[],
    ed25519: unknown,
  ): Promise<{ signed: ReadonlySet<{ name: string }>; forged?: string } | undefined>;
  readNote(text: string): unknown;
  readKey(vkey: string, type: number, sha256: Hash): object;
  readonly sha256Here: Hash;
  readonly nodeTools: { readonly sha256: Hash; readonly ed25519: unknown };
  readonly SENTENCES: ReadonlyMap<string, readonly [string, string]>;
}

type Hash = (bytes: Uint8Array) => Uint8Array;

const specifier: string = VERIFIER;
export const core = (await import(specifier)) as Core;

export const WITNESSES = ['audit.example/w1', 'discipline.example/w2', 'upper.example/w3'].map(
  (name) => witness(name),
);
const members = WITNESSES.map(({ vkey }, n) => `witness w${n + 1} ${vkey}`).join('\n');
export const POLICY = `${members}\ngroup two 2 w1 w2 w3\nquorum two\n`;
export const ALL_OF_THEM = `${members}\ngroup every all w1 w2 w3\nquorum every\n`;

export const county = (wishes: Wishes = {}, deeds = YEAR): Bundle =>
  bundleOf(linesOf(deeds), { sizes: [5, 12, deeds.length], witnesses: WITNESSES, ...wishes });

async function* oneChunk(bytes: Uint8Array) {
  yield Uint8Array.from(bytes);
}

/** The core, in this process. */
export function verifyHere(bundle: string | Uint8Array, asked: object = {}): Promise<Report> {
  const bytes = Buffer.from(bundle as string);
  return core.verify(
    { open: () => oneChunk(bytes), keys: [logSigner().vkey], ...asked },
    core.nodeTools,
  );
}

/** Within what jest.config.js removes when the run ends. */
const directory = mkdtempSync(join(process.env['MZ_SHARED_LEDGERS'] ?? tmpdir(), 'verifier-'));
let files = 0;

/** A file with this content, and its path. */
export function file(content: string | Uint8Array, name = 'file'): string {
  const path = join(directory, `${(files += 1)}-${name}`);
  writeFileSync(path, content);
  return path;
}

/** A bundle with leaves beside it, and its path. */
export function packageOf(bundle: string | Uint8Array, leaves: Uint8Array): string {
  const inside = mkdtempSync(join(directory, 'package-'));
  writeFileSync(join(inside, 'leaves.bin'), leaves);
  writeFileSync(join(inside, 'bundle.ndjson'), bundle);
  return join(inside, 'bundle.ndjson');
}

export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The command as an auditor runs it. */
export function run(
  args: readonly string[],
  node = process.execPath,
  verifier: string = VERIFIER,
): Ran {
  const { status, stdout, stderr } = spawnSync(node, [verifier, ...args], { encoding: 'utf8' });
  return { status, stdout, stderr };
}

/** The command on a bundle with the county's key, answering JSON. */
export function verifyFile(bundle: string | Uint8Array, ...more: readonly string[]): Report {
  return reportOf(run(argumentsFor(bundle, more)));
}

export function argumentsFor(bundle: string | Uint8Array, more: readonly string[]) {
  const key = file(`${logSigner().vkey}\n`, 'county.vkey');
  return [file(bundle, 'bundle.ndjson'), '--key', key, '--json', ...more];
}

/** What the command told as JSON, which is also the code that it ended with. */
export function reportOf({ status, stdout, stderr }: Ran): Report {
  expect(stderr).toBe('');
  const report = JSON.parse(stdout) as Report;
  expect(status).toBe(report.exit);
  return report;
}
