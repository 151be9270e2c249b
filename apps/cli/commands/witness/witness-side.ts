import type { Command } from 'commander';
import { resolve } from 'node:path';
import { writeOutputFile } from '#files/whole-file';
import { serveWitness } from '#transparency-log/witness/serve-witness';
import { makeWitness, openWitness } from '#transparency-log/witness/witness';
import { readCount } from '../../options/names.ts';
import type { Session } from '../../session/session.ts';
import { guarded, readFile, refusedBy } from './guarded.ts';

interface WitnessOptions {
  readonly dir: string;
  readonly port: string;
  readonly host: string;
  readonly out: string;
}

export const registerWitnessSide = (group: Command, session: Session): void => {
  const { print } = session.terminal;
  const command = (name: string, description: string) =>
    group
      .command(name)
      .description(description)
      .option('--dir <dir>', '见证方目录 directory of the witness', './witness');
  command('init <name>', '建立见证方 make a witness').action(
    (name: string, { dir }: WitnessOptions) =>
      guarded(session, () => print(makeWitness(resolve(dir), name).vkey)),
  );
  command('trust <vkey>', '见证这本日志 watch the log with this key').action(
    (vkey: string, { dir }: WitnessOptions) =>
      guarded(session, () => openWitness(resolve(dir)).trust(vkey)),
  );
  command('answer <request>', '答复 U 盘带来的请求 answer a request that came as a file')
    .requiredOption('-o, --out <file>', '答复写到 where the answer goes')
    .action((request: string, { dir, out }: WitnessOptions) =>
      guarded(session, async () => {
        const answer = openWitness(resolve(dir)).answer(
          readFile(request),
          Math.floor(Date.parse(session.clock()) / 1_000),
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
      guarded(session, async () => {
        const served = await serveWitness(openWitness(resolve(dir)), readCount(port, 0), host);
        const stopped = session.untilStopped();
        print(served.address);
        await stopped;
        await served.close();
      }),
    );
};
