import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** What a program took that ran in a process of its own. */
export interface Took {
  readonly seconds: number;
  /** The most memory it held, in MiB. */
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

const TELL_PEAK = ['--import', new URL('tell-peak.ts', import.meta.url).href];

const inItsOwnProcess = (program: readonly string[]): Took => {
  const start = performance.now();
  const { status, output } = spawnSync(process.execPath, [...TELL_PEAK, ...program], {
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'inherit', 'pipe'],
  });
  const seconds = (performance.now() - start) / 1_000;
  if (status !== 0) throw new Error(`${program.join(' ')} ended with ${status}.`);
  return { seconds, peakMb: Number(output[3]) / 1_024 };
};
