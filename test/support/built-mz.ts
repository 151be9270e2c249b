import { execFile, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Finished, ServedMz } from './mz.ts';

type Environment = Readonly<Record<string, string>>;

/** Starts the built `mz` as a process of its own. */
export const startMz = (
  parameters: readonly string[],
  env: Environment = {},
): ChildProcess & { readonly stdout: NonNullable<ChildProcess['stdout']> } => {
  requireFreshBuild();
  return spawn(process.execPath, [PROGRAM, ...parameters], {
    env: { ...withoutOurs(), ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
};

/** Runs a line of a shell in which `mz` is the built program. */
export const shell = (line: string, env: Environment = {}): Finished => {
  requireFreshBuild();
  const mz = `mz() { "${process.execPath}" ${PROGRAM} "$@"; }`;
  const { status, stdout, stderr } = spawnSync('sh', ['-c', `${mz}; ${line}`], {
    env: { ...withoutOurs(), ...env },
    encoding: 'utf8',
  });
  return { code: status, stdout, stderr };
};

/** Runs a program to its end as a process of its own, while this one goes on; its output, or why it failed. */
export const runProgram = async (
  parameters: readonly string[],
  env: Environment = {},
): Promise<string> => {
  requireFreshBuild();
  const options = { env: { ...withoutOurs(), ...env }, maxBuffer: 2 ** 30 };
  const { stdout } = await execute(process.execPath, [...parameters], options).catch(withOutput);
  return stdout;
};

/** Beside the command that failed, what it had said. */
const withOutput = (error: Error & { readonly stdout?: string }): never => {
  error.message += `\n${error.stdout?.slice(0, 20_000) ?? ''}`;
  error.stack = `${error.message}\n${error.stack ?? ''}`;
  throw error;
};
const execute = promisify(execFile);

/** The built `mz`, to its end. */
export const runBuilt = (line: string, env: Environment = {}): Promise<string> =>
  runProgram([PROGRAM, ...line.split(' ')], env);

/** `mz serve` as a process of its own on a free port. */
export const serveBuilt = async (
  parameters: readonly string[],
  env: Environment = {},
): Promise<ServedMz & { readonly kill: () => Promise<void> }> => {
  const child = startMz(['serve', '--port', '0', ...parameters], env);
  const closed = once(child, 'close');
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  const tooSoon = closed.then(() => {
    throw new Error(`mz serve ended with ${child.exitCode} before it served.`);
  });
  const addressIn = () => /http:\/\/\S+/.exec(text)?.[0];
  while (addressIn() === undefined) await Promise.race([once(child.stdout, 'data'), tooSoon]);
  tooSoon.catch(() => undefined);
  return {
    address: addressIn() ?? '',
    /** As when the power fails. */
    kill: async () => {
      child.kill('SIGKILL');
      await closed;
    },
    stop: async () => {
      child.kill();
      await closed;
      return child.exitCode ?? -1;
    },
  };
};

const PROGRAM = 'dist/apps/cli/main.js';

/** Settings of the tests are not settings of the command. */
const withoutOurs = (): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('MZ_'))),
  NODE_OPTIONS: '',
});

const requireFreshBuild = (): void => {
  const source = Math.max(newestIn('apps'), newestIn('libs'));
  const built = statSync(PROGRAM, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (built < source) throw new Error('The build is older than its sources: npm run build.');
};

const newestIn = (directory: string): number =>
  Math.max(
    0,
    ...readdirSync(directory, { withFileTypes: true }).map((entry) => {
      const path = join(directory, entry.name);
      if (entry.isDirectory()) return newestIn(path);
      return entry.name.endsWith('.ts') ? statSync(path).mtimeMs : 0;
    }),
  );
