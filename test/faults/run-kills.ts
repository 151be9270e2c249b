import { temporaryDirectory } from '../support/temporary-directory.ts';
import { killWhileAppending } from './kill-while-appending.ts';

/** `npm run test:faults`: MZ_KILLS processes, 1,000 by default, killed at random moments. */
const kills = Number(process.env['MZ_KILLS'] ?? 1_000);
let { directory, remove } = temporaryDirectory();
let acknowledged = 0;
let inThisLog = 0;
for (let kill = 1; kill <= kills; kill++) {
  // The log goes on from kill to kill, and a new one begins before reading it takes long.
  if (inThisLog > 20_000) {
    remove();
    ({ directory, remove } = temporaryDirectory());
    inThisLog = 0;
  }
  const report = await killWhileAppending(directory, Math.ceil(Math.random() * 400));
  acknowledged += report.acknowledged;
  inThisLog = report.recorded;
  if (kill % 50 === 0) console.log(`${kill} kills, ${acknowledged} acknowledged events, none lost`);
}
remove();
console.log(`${kills} passed, 0 failed`);
