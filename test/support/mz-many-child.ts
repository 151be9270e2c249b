import { text } from 'node:stream/consumers';

/**
 * Runs one `mz` after another in this process: the list of their parameters and tokens comes on
 * standard input as JSON, the list of what each answered goes to standard output.
 */
interface Asked {
  readonly parameters: readonly string[];
  readonly token?: string;
}

const [writeOut, writeErr] = [process.stdout, process.stderr].map((stream) =>
  stream.write.bind(stream),
);
process.stdout.setMaxListeners(0);
const argv = process.argv.slice(0, 2);

const run = async ({ parameters, token }: Asked, number: number) => {
  const said = { stdout: '', stderr: '' };
  const take = (name: keyof typeof said) => (chunk: string | Uint8Array, done?: unknown) => {
    said[name] += Buffer.from(chunk as string).toString();
    const after = [done].find((it) => typeof it === 'function') as (() => void) | undefined;
    if (after !== undefined) process.nextTick(after);
    return true;
  };
  process.stdout.write = take('stdout');
  process.stderr.write = take('stderr');
  process.argv = [...argv, ...parameters];
  process.exitCode = 0;
  if (token === undefined) delete process.env['MZ_TOKEN'];
  else process.env['MZ_TOKEN'] = token;
  // Each query makes a module of its own, which runs the command anew.
  await import(`../../apps/cli/main.ts?run=${number}`);
  if (writeErr !== undefined) process.stderr.write = writeErr;
  return { code: Number(process.exitCode), ...said };
};

const asked = JSON.parse(await text(process.stdin)) as readonly Asked[];
const answers: unknown[] = [];
for (const [number, one] of asked.entries()) answers.push(await run(one, number));
process.exitCode = 0;
writeOut?.(JSON.stringify(answers));
