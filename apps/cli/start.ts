import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { readSettings } from '#wiring/settings';
import { runMz } from './run-mz.ts';
import { EXIT } from './session/exit-codes.ts';

// A reader such as `head` that has seen enough closes the pipe: that is no error. A full disk is one.
process.stdout.on('error', ({ code, message }: NodeJS.ErrnoException) => {
  if (code === 'EPIPE') process.exit(EXIT.ok);
  process.stderr.write(`输出写不下去 the output cannot be written: ${message}\n`);
  process.exit(EXIT.badInput);
});

process.exitCode = await runMz(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  env: readSettings().environment,
  input: { stream: () => process.stdin, bytes: () => readFileSync(0) },
  untilStopped: () => Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]),
});
