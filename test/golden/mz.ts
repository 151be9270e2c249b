import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Whatever the tests themselves were told is none of the command's business. */
const withoutOurs = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('MZ_')));

/** Starts `mz` as a process of its own, from the sources. */
export const startMz = (parameters: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcess =>
  spawn(process.execPath, ['--conditions=source', 'apps/cli/main.ts', ...parameters], {
    env: { ...withoutOurs(process.env), NODE_OPTIONS: '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });

/** Runs `mz` to its end. */
export const mz = async (
  parameters: readonly string[],
  env?: NodeJS.ProcessEnv,
): Promise<Finished> => {
  const child = startMz(parameters, env);
  let [stdout, stderr] = ['', ''];
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => (stdout += chunk));
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk));
  await once(child, 'close');
  return { code: child.exitCode, stdout, stderr };
};
