import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import type { Finished } from '../golden/mz.ts';

export interface Asked {
  readonly parameters: readonly string[];
  /** Given as `MZ_TOKEN`. */
  readonly token?: string | undefined;
}

/** Runs `mz` from the sources, one after another in one process of their own. */
export const mzMany = async (asked: readonly Asked[]): Promise<readonly Finished[]> => {
  const env = Object.entries(process.env).filter(([name]) => !name.startsWith('MZ_'));
  const child = spawn(
    process.execPath,
    ['--conditions=source', '--disable-warning=ExperimentalWarning', CHILD],
    {
      env: { ...Object.fromEntries(env), NODE_OPTIONS: '' },
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  );
  const ended = once(child, 'close');
  child.stdin.end(JSON.stringify(asked));
  const answers = await text(child.stdout);
  await ended;
  if (child.exitCode !== 0) throw new Error(`mz ended with ${child.exitCode}.`);
  // As the child wrote it.
  return JSON.parse(answers) as readonly Finished[];
};

const CHILD = 'test/support/mz-many-child.ts';
