import { once } from 'node:events';
import { Readable, Writable } from 'node:stream';
import { runMz, type Surroundings } from '#cli/run-mz';

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

type Environment = Surroundings['env'];

/** Runs `mz` to its end in this process; `env` is all that it knows of an environment. */
export const mz = async (
  parameters: readonly string[],
  env: Environment = {},
  input = '',
): Promise<Finished> => {
  const [stdout, stderr] = [collecting(), collecting()];
  const code = await runMz(parameters, {
    stdout: stdout.stream,
    stderr: stderr.stream,
    env,
    input: { stream: () => Readable.from([input]), bytes: () => Buffer.from(input) },
  });
  return { code, stdout: stdout.text(), stderr: stderr.text() };
};

export interface Asked {
  readonly parameters: readonly string[];
  /** Given as `MZ_TOKEN`. */
  readonly token?: string | undefined;
}

/** Runs one `mz` after another. */
export const mzMany = async (asked: readonly Asked[]): Promise<readonly Finished[]> => {
  const answers: Finished[] = [];
  for (const { parameters, token } of asked) {
    answers.push(await mz(parameters, { MZ_TOKEN: token }));
  }
  return answers;
};

/** Runs a command line as a page shows it, such as `mz trace "神头镇/东神头村" --forward`. */
export const mzLine = (line: string, env?: Environment, input?: string): Promise<Finished> => {
  const [program, ...parameters] = wordsOf(line);
  if (program !== 'mz') throw new Error(`“${line}” does not start mz.`);
  return mz(parameters, env, input);
};

/** Words of a command line: bare, or whole in quotation marks. */
const wordsOf = (line: string): readonly string[] =>
  [...line.matchAll(/"([^"]*)"|'([^']*)'|([^\s"']+)/g)].map(
    ([, double, single, bare]) => double ?? single ?? bare ?? '',
  );

export interface ServedMz {
  readonly address: string;
  /** Asks it to stop, and answers its exit code once it has. */
  readonly stop: () => Promise<number>;
}

/** Runs a command that serves, such as `mz serve`, in this process, until it is stopped. */
export const serveMz = async (
  parameters: readonly string[],
  env: Environment = {},
): Promise<ServedMz> => {
  const [stdout, stderr] = [collecting(), collecting()];
  let stop: () => void = () => undefined;
  const stopped = new Promise<void>((resolve) => {
    stop = resolve;
  });
  const ended = runMz(parameters, {
    stdout: stdout.stream,
    stderr: stderr.stream,
    env,
    untilStopped: () => stopped,
  });
  const tooSoon = ended.then((code) => {
    throw new Error(`It ended with ${code} before it served: ${stderr.text()}`);
  });
  const addressIn = () => /http:\/\/\S+/.exec(stdout.text())?.[0];
  while (addressIn() === undefined) await Promise.race([once(stdout.stream, 'written'), tooSoon]);
  tooSoon.catch(() => undefined);
  return {
    address: addressIn() ?? '',
    stop: () => {
      stop();
      return ended;
    },
  };
};

/** A stream that keeps what is written, and says so with `written`. */
const collecting = () => {
  const chunks: Buffer[] = [];
  const stream: Writable = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      chunks.push(chunk);
      done();
      stream.emit('written');
    },
  });
  return { stream, text: () => Buffer.concat(chunks).toString('utf8') };
};
