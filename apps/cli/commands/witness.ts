import type { Command } from 'commander';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { writeOutputFile } from '#files/whole-file';
import { Malformed } from '#integrity/malformed';
import type { PublishedCheckpoint } from '#transparency-log/checkpoints/checkpoint-files';
import type { LedgerReader } from '#wiring/ledger';
import { askWitness, requestFor, takeAnswer } from '#transparency-log/witness/cosign';
import { keepPolicyFile } from '#transparency-log/witness/policy-file';
import { serveWitness } from '#transparency-log/witness/serve-witness';
import { makeWitness, openWitness, WitnessExists } from '#transparency-log/witness/witness';
import { CommandFault, EXIT } from '../exit-codes.ts';
import { identityOf } from '../log-identity.ts';
import { readCount } from '../names.ts';
import { print } from '../output.ts';
import {
  badInput,
  run,
  withCommonOptions,
  withReaderBeside,
  type CommonOptions,
} from '../session.ts';

/** Two sides: a witness (审计局, 纪委监委) that cosigns, and the ledger that asks it to. */
export const registerWitness = (program: Command): void => {
  const group = program
    .command('witness')
    .description('见证方联署 witnesses that cosign checkpoints');
  registerWitnessSide(group);
  registerLedgerSide(group);
  registerPolicy(group);
};

interface WitnessOptions {
  readonly dir: string;
  readonly port: string;
  readonly host: string;
  readonly out: string;
}

const registerWitnessSide = (group: Command): void => {
  const command = (name: string, description: string) =>
    group
      .command(name)
      .description(description)
      .option('--dir <dir>', '见证方目录 directory of the witness', './witness');
  command('init <name>', '建立见证方 make a witness').action(
    (name: string, { dir }: WitnessOptions) =>
      guarded(() => print(makeWitness(resolve(dir), name).vkey)),
  );
  command('trust <vkey>', '见证这本日志 watch the log with this key').action(
    (vkey: string, { dir }: WitnessOptions) => guarded(() => openWitness(resolve(dir)).trust(vkey)),
  );
  command('answer <request>', '答复 U 盘带来的请求 answer a request that came as a file')
    .requiredOption('-o, --out <file>', '答复写到 where the answer goes')
    .action((request: string, { dir, out }: WitnessOptions) =>
      guarded(async () => {
        const answer = openWitness(resolve(dir)).answer(
          readFile(request),
          Math.floor(Date.now() / 1_000),
        );
        if (answer.status !== 200) throw refusedBy(answer.status, answer.body.trim());
        await writeOutputFile(out, answer.body);
        print(answer.body.trimEnd());
      }),
    );
  command('serve', '在网络上见证 witness over the network')
    .option('--port <port>', '端口', '8421')
    .option('--host <host>', '地址', '127.0.0.1')
    .action(({ dir, port, host }: WitnessOptions) =>
      guarded(async () => {
        const served = await serveWitness(openWitness(resolve(dir)), readCount(port, 0), host);
        print(served.address);
        await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
        await served.close();
      }),
    );
};

interface LedgerOptions extends CommonOptions {
  readonly out: string;
  readonly old: string;
}

const registerLedgerSide = (group: Command): void => {
  withCommonOptions(group.command('ask <url>'))
    .description('请见证方联署最近的检查点 have the newest checkpoint cosigned')
    .action((url: string, options: CommonOptions) =>
      withNewest(options, async (ledger, checkpoint) => {
        const cosigned = await askWitness(ledger, checkpoint, url);
        switch (cosigned.kind) {
          case 'cosigned':
            return print(`${cosigned.by} ✓ ${cosigned.checkpoint.size}`);
          case 'knows':
            throw refusedBy(409, `${cosigned.size}`);
          case 'refused':
            throw refusedBy(cosigned.status, cosigned.reason);
          case 'unreachable':
            throw new CommandFault(
              EXIT.unavailable,
              `见证方 ${url} 没有应答:${cosigned.reason}`,
              `The witness ${url} does not answer: ${cosigned.reason}`,
            );
        }
      }),
    );
  withCommonOptions(group.command('request'))
    .description('写出请求,用 U 盘带给见证方 write a request to be carried to a witness')
    .requiredOption('-o, --out <file>', '请求写到 where the request goes')
    .option('--old <n>', '见证方上次联署到第几个事件 how many events it has cosigned', '0')
    .action((options: LedgerOptions) =>
      withNewest(options, async (ledger, checkpoint) => {
        const old = readCount(options.old, 0);
        if (old > checkpoint.size) {
          throw badInput(
            `最近的检查点只有 ${checkpoint.size} 个事件。`,
            `The newest checkpoint has ${checkpoint.size} events.`,
          );
        }
        await writeOutputFile(options.out, requestFor(ledger, checkpoint, old));
      }),
    );
  withCommonOptions(group.command('take <answer>'))
    .description('收下带回的联署 take the answer that was carried back')
    .requiredOption('--key <vkey>', '见证方的公钥 key of the witness')
    .action((answer: string, options: CommonOptions & { readonly key: string }) =>
      withNewest(options, (ledger, checkpoint) => {
        const lines = readFile(answer).toString('utf8');
        print(takeAnswer(ledger, checkpoint, lines, options.key).note.trimEnd());
      }),
    );
};

const registerPolicy = (group: Command): void => {
  withCommonOptions(group.command('policy <file>'))
    .description(
      '存下见证规则(c2sp tlog-policy):请谁联署,几家算数 keep whom to ask, and how many must sign',
    )
    .action((file: string, options: CommonOptions) =>
      guarded(
        () =>
          withReaderBeside(options, ({ directory }) => {
            const { witnesses } = keepPolicyFile(directory, readFile(file).toString('utf8'));
            for (const { name, address } of witnesses) print(`${name} ${address ?? ''}`.trimEnd());
          }),
        options.lang,
      ),
    );
};

const withNewest = (
  options: CommonOptions,
  work: (ledger: LedgerReader, checkpoint: PublishedCheckpoint) => Promise<void> | void,
): Promise<void> =>
  guarded(
    () =>
      withReaderBeside(options, (ledger) => {
        const newest = identityOf(ledger.directory).checkpoints.at(-1);
        if (newest === undefined)
          throw new Error('There is a checkpoint, or we would not be here.');
        return work(ledger, newest);
      }),
    options.lang,
  );

/** What was brought from elsewhere may be anything; a witness may say no. */
const guarded = (work: () => Promise<void> | void, lang = 'zh'): Promise<void> =>
  run(lang, async () => {
    try {
      await work();
    } catch (error) {
      if (error instanceof Malformed) throw badInput(`读不懂:${error.message}`, error.message);
      if (error instanceof WitnessExists) {
        throw new CommandFault(
          EXIT.conflict,
          '这里已有一个见证方,没有改动。',
          'There is a witness already; it was left as it is.',
        );
      }
      throw error;
    }
  });

const readFile = (file: string): Buffer => {
  try {
    return readFileSync(file);
  } catch {
    throw badInput(`读不到文件 ${file}。`, `Cannot read ${file}.`);
  }
};

const REASONS: Readonly<Record<number, readonly [zh: string, en: string]>> = {
  403: [
    '它不认识这本日志或签名的密钥;请先 mz witness trust',
    'it does not know this log, or the key that signed; mz witness trust first',
  ],
  409: ['它联署到的事件数不同', 'it has cosigned another number of events'],
  422: [
    '新日志不是旧日志的延续:历史被改写',
    'the log does not continue the one it knew: history was rewritten',
  ],
};

const refusedBy = (status: number, reason: string): CommandFault => {
  const [zh, en] = REASONS[status] ?? [reason, reason];
  return new CommandFault(
    EXIT.refused,
    `见证方没有联署(${status}):${zh}。${reason}`,
    `The witness did not cosign (${status}): ${en}. ${reason}`,
  );
};
