import { appendFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';
import { ownCpuUs } from './measure.ts';

/** What a process used from its start to its end. */
export interface Usage {
  readonly peakKib: number;
  readonly cpuUs: number;
}

/** Imported before a program: when it ends, adds what it used to a file. Its worker threads import this too. */
if (isMainThread) {
  process.on('exit', () => {
    const { MINGZHANG_USAGE: file } = process.env;
    const usage: Usage = { peakKib: process.resourceUsage().maxRSS, cpuUs: ownCpuUs() };
    if (file !== undefined) appendFileSync(file, `${JSON.stringify(usage)}\n`);
  });
}
