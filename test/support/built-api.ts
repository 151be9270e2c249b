import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

export interface ServedApi {
  readonly address: string;
  readonly stop: () => Promise<void>;
}

/**
 * `mz serve` as a process of its own on a free port. The API has decorators, which need the build;
 * a build older than the sources is not tested but said to be so.
 */
export const serveApi = async (
  parameters: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<ServedApi> => {
  requireFreshBuild();
  const child = spawn(
    process.execPath,
    ['dist/apps/cli/main.js', 'serve', '--port', '0', ...parameters],
    {
      env: { ...process.env, NODE_OPTIONS: '', ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const closed = once(child, 'close');
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  const ended = closed.then(() => {
    throw new Error(`mz serve ended with ${child.exitCode} before it served.`);
  });
  while (!/http:\/\/\S+/.test(text)) await Promise.race([once(child.stdout, 'data'), ended]);
  ended.catch(() => undefined);
  return {
    address: /http:\/\/[^\s]+/.exec(text)?.[0] ?? '',
    stop: async () => {
      child.kill();
      await closed;
    },
  };
};

const requireFreshBuild = (): void => {
  const source = Math.max(newestIn('apps'), newestIn('libs'));
  const built = statSync('dist/apps/cli/main.js', { throwIfNoEntry: false })?.mtimeMs ?? 0;
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
