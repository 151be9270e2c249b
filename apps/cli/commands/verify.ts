import type { Command } from 'commander';
import { readFileSync } from 'node:fs';
import { Malformed } from '#integrity/malformed';
import { firstDay, tellFault } from '../tell-verification.ts';
import { readLogIdentity } from '#wiring/checkpoints/checkpoints';
import { verifyLog, type Verification } from '#wiring/checkpoints/verify-log';
import { VERIFIED } from '../exit-codes.ts';
import { print, printJson, warn } from '../output.ts';
import { progressBar } from '../progress-bar.ts';
import {
  badInput,
  run,
  withCommonOptions,
  withReaderBeside,
  type CommonOptions,
} from '../session.ts';
import type { LedgerReader } from '#wiring/ledger';

interface Options extends CommonOptions {
  readonly since?: string;
}

export const registerVerify = (program: Command): void => {
  withCommonOptions(program.command('verify'))
    .description('通读日志,逐个事件核对签名 read the whole log and hold it to what was signed')
    .option('--since <file>', '自己保存的旧检查点 a checkpoint that you kept')
    .action((options: Options) =>
      run(options.lang, () => withReaderBeside(options, (ledger) => verify(ledger, options))),
    );
};

const verify = async (ledger: LedgerReader, options: Options): Promise<void> => {
  const identity = readLogIdentity(ledger.directory);
  const head = Number((await ledger.log.head()) ?? 0n);
  const progress = progressBar(options.lang === 'en' ? 'Verifying' : '核对');
  const since = options.since === undefined ? undefined : readKept(options.since);
  const verification = await verifyLog(ledger, identity, since, (done) =>
    progress.update(done, head),
  ).catch((error: unknown) => {
    if (!(error instanceof Malformed)) throw error;
    throw badInput(
      `${options.since} 不是检查点:${error.message}`,
      `${options.since} is no checkpoint: ${error.message}`,
    );
  });
  progress.stop();
  if (verification.faults.length > 0) process.exitCode = exitCodeOf(verification);
  if (options.json === true) return printJson(verificationJson(verification));
  await tell(ledger, verification, options);
};

const readKept = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw badInput(`读不到文件 ${file}。`, `Cannot read ${file}.`);
  }
};

const tell = async (
  ledger: LedgerReader,
  { events, faults, signedThrough, root }: Verification,
  { lang, since }: Options,
): Promise<void> => {
  if (faults.length > 0) {
    for (const fault of faults.slice(0, 20)) warn(tellFault(ledger.views.db, fault)[lang]);
    if (faults.length > 20) warn(`… ${faults.length}`);
    return;
  }
  const first = await firstDay(ledger.log);
  const kept =
    since === undefined
      ? ''
      : lang === 'en'
        ? ', nor since the checkpoint you kept'
        : ',与你保存的检查点也一致';
  print(
    lang === 'en'
      ? `${events} events since ${first}, unaltered${kept}; ${signedThrough} of them signed.`
      : `自 ${first} 起共 ${events} 个事件,未被改动${kept};其中 ${signedThrough} 个已签名。`,
  );
  print(`root ${root}`);
};

/** The gravest first: a history that was rewritten, then a tree that differs, then a signature. */
const exitCodeOf = ({ faults }: Verification): number => {
  const kinds = new Set(faults.map(({ kind }) => kind));
  if (ALTERED.some((kind) => kinds.has(kind))) return VERIFIED.rootMismatch;
  return kinds.has('cut-short') || kinds.has('forked') ? VERIFIED.rewritten : VERIFIED.signature;
};

const ALTERED = ['event-altered', 'unreadable', 'root-differs'] as const;

const verificationJson = ({ faults, ...rest }: Verification): object => ({
  ...rest,
  faults: faults.map((fault) =>
    fault.kind === 'event-altered'
      ? { kind: fault.kind, position: Number(fault.event.position), id: fault.event.id }
      : fault,
  ),
});
