import { appendFileSync } from 'node:fs';

/** Imported before a program: when it ends, adds the most memory it used, in KiB, to a file. */
process.on('exit', () => {
  const { MINGZHANG_PEAKS: file } = process.env;
  if (file !== undefined) appendFileSync(file, `${process.resourceUsage().maxRSS}\n`);
});
