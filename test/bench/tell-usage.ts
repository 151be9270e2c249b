import { appendFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';
import { ownCpuUs } from './measure.ts';

/** What a process used from its start to its end. */
export interface Usage {
  readonly peakKib: number;
  readonly cpuUs: number;
}

// Imported before a program that is measured from outside; by its worker threads as well, which
// are of the same process. It answers each message with the µs of CPU it used until then, and adds
// its usage to a file when it ends.
if (isMainThread) {
  process.on('message', () => process.send?.(ownCpuUs()));
  // A channel that is listened to would keep the process alive when its own work has ended.
  process.channel?.unref();
  process.on('exit', () => {
    const { MINGZHANG_USAGE: file } = process.env;
    const usage: Usage = { peakKib: process.resourceUsage().maxRSS, cpuUs: ownCpuUs() };
    if (file !== undefined) appendFileSync(file, `${JSON.stringify(usage)}\n`);
  });
}
