import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a program took that ran in a process of its own. */
export interface Took {
  readonly seconds: number;
  /** The most memory that each of its processes used, in MiB, added up. */
  readonly peakMb: number;
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

/** Each process of the program adds its peak to this file: a child counts as well. */
const PEAKS = 'peaks';

const inItsOwnProcess = (program: readonly string[]): Took => {
  const directory = mkdtempSync(join(tmpdir(), 'mingzhang-bench-'));
  const peaks = join(directory, PEAKS);
  const start = performance.now();
  const { status } = spawnSync(process.execPath, program, {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, NODE_OPTIONS: `--import=${TELL_PEAK}`, MINGZHANG_PEAKS: peaks },
  });
  const seconds = (performance.now() - start) / 1_000;
  if (status !== 0) throw new Error(`${program.join(' ')} ended with ${status}.`);
  const kibibytes = readFileSync(peaks, 'utf8').trim().split('\n').map(Number);
  rmSync(directory, { recursive: true });
  return { seconds, peakMb: kibibytes.reduce((sum, one) => sum + one, 0) / 1_024 };
};

const TELL_PEAK = new URL('tell-peak.ts', import.meta.url).href;
