import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { openLedger } from '#wiring/ledger';

/** Builds all views of a log anew, in a process of its own; tells how long it took and how much it held. */
const directory = process.argv[2] ?? '';
for (const suffix of ['', '-wal', '-shm']) {
  rmSync(join(directory, `views.sqlite${suffix}`), { force: true });
}
const start = performance.now();
const ledger = await openLedger({ directory });
const seconds = (performance.now() - start) / 1_000;
await ledger.close();
const peakMb = process.resourceUsage().maxRSS / 1_024;
process.stdout.write(JSON.stringify({ seconds, peakMb }));
