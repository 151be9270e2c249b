import type { Command } from 'commander';
import { writeOutputFile } from '#files/whole-file';
import type { PublishedCheckpoint } from '#transparency-log/checkpoints/checkpoint-files';
import type { LedgerReader } from '#wiring/ledger';
import { askWitness, requestFor, takeAnswer } from '#transparency-log/witness/cosign';
import { withCommonOptions, type CommonOptions } from '../../session/common-options.ts';
import { readCount } from '../../options/names.ts';
import { badInput, CommandFault, EXIT } from '../../session/exit-codes.ts';
import { identityOf } from '../../session/log-identity.ts';
import { withReaderBeside } from '../../session/open-ledger.ts';
import type { Session } from '../../session/session.ts';
import { guarded, readFile, refusedBy } from './guarded.ts';

interface LedgerOptions extends CommonOptions {
  readonly out: string;
  readonly old: string;
}

export const registerLedgerSide = (group: Command, session: Session): void => {
  const { print } = session.terminal;
  withCommonOptions(group.command('ask <url>'), session)
    .description('请见证方联署最近的检查点 have the newest checkpoint cosigned')
    .action((url: string, options: CommonOptions) =>
      withNewest(session, options, async (ledger, checkpoint) => {
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
  withCommonOptions(group.command('request'), session)
    .description('写出请求,用 U 盘带给见证方 write a request to be carried to a witness')
    .requiredOption('-o, --out <file>', '请求写到 where the request goes')
    .option('--old <n>', '见证方上次联署到第几个事件 how many events it has cosigned', '0')
    .action((options: LedgerOptions) =>
      withNewest(session, options, async (ledger, checkpoint) => {
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
  withCommonOptions(group.command('take <answer>'), session)
    .description('收下带回的联署 take the answer that was carried back')
    .requiredOption('--key <vkey>', '见证方的公钥 key of the witness')
    .action((answer: string, options: CommonOptions & { readonly key: string }) =>
      withNewest(session, options, (ledger, checkpoint) => {
        const lines = readFile(answer).toString('utf8');
        print(takeAnswer(ledger, checkpoint, lines, options.key).note.trimEnd());
      }),
    );
};

const withNewest = (
  session: Session,
  options: CommonOptions,
  work: (ledger: LedgerReader, checkpoint: PublishedCheckpoint) => Promise<void> | void,
): Promise<void> =>
  guarded(
    session,
    () =>
      withReaderBeside(session, options, (ledger) => {
        const newest = identityOf(ledger.directory).checkpoints.at(-1);
        if (newest === undefined)
          throw new Error('There is a checkpoint, or we would not be here.');
        return work(ledger, newest);
      }),
    options.lang,
  );
