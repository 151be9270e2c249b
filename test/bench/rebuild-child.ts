import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { openLedger } from '#wiring/ledger';
import { ownCpuUs } from './measure.ts';

/** How long it took, what CPU it used meanwhile, and the most memory the process used. */
export interface Rebuilt {
  readonly seconds: number;
  readonly cpuUs: number;
  readonly peakMb: number;
}

/** Builds all views of a log anew, in a process of its own. */
const directory = process.argv[2] ?? '';
for (const suffix of ['', '-wal', '-shm']) {
  rmSync(join(directory, `views.sqlite${suffix}`), { force: true });
}
const usedBefore = ownCpuUs();
const start = performance.now();
const ledger = await openLedger({ directory });
const seconds = (performance.now() - start) / 1_000;
const cpuUs = ownCpuUs() - usedBefore;
await ledger.close();
const peakMb = process.resourceUsage().maxRSS / 1_024;
const rebuilt: Rebuilt = { seconds, cpuUs, peakMb };
process.stdout.write(JSON.stringify(rebuilt));
