import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Usage } from './process-usage.ts';

/** What a program took that ran in a process of its own. */
export interface Took {
  readonly seconds: number;
  /** The most memory that each of its processes used, in MiB, added up. */
  readonly peakMb: number;
  /** Of CPU, of all its processes. */
  readonly cpuSeconds: number;
}

export interface AuditPackageFigures {
  /** `mz export audit`. */
  readonly written: Took;
  /** `verify.mjs` over its bundle. */
  readonly verified: Took;
}

/** A ledger signed, packed and verified as its users do it, without flags of V8. Nobody has it open. */
export const benchAuditPackage = (ledger: string): AuditPackageFigures => {
  const out = join(ledger, 'package');
  const mz = ['--conditions=source', 'apps/cli/main.ts'];
  inItsOwnProcess([...mz, 'checkpoint', '--data', ledger]);
  const written = inItsOwnProcess([...mz, 'export', 'audit', '--data', ledger, '-o', out]);
  const [verifier, bundle, key] = ['verify.mjs', 'bundle.ndjson', 'ledger.vkey'].map((name) =>
    join(out, name),
  );
  const verified = inItsOwnProcess([verifier ?? '', bundle ?? '', '--key', key ?? '']);
  return { written, verified };
};

const inItsOwnProcess = (program: readonly string[]): Took => {
  const directory = mkdtempSync(join(tmpdir(), 'mingzhang-bench-'));
  const file = join(directory, 'usage.ndjson');
  const start = performance.now();
  const { status } = spawnSync(process.execPath, program, {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, NODE_OPTIONS: `--import=${TELL_USAGE}`, MINGZHANG_USAGE: file },
  });
  const seconds = (performance.now() - start) / 1_000;
  if (status !== 0) throw new Error(`${program.join(' ')} ended with ${status}.`);
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  rmSync(directory, { recursive: true });
  // Each process of the program wrote a line, its children as well.
  const used = lines.map((line) => JSON.parse(line) as Usage);
  return {
    seconds,
    peakMb: used.reduce((sum, { peakKib }) => sum + peakKib, 0) / 1_024,
    cpuSeconds: used.reduce((sum, { cpuUs }) => sum + cpuUs, 0) / 1e6,
  };
};

const TELL_USAGE = new URL('process-usage.ts', import.meta.url).href;
