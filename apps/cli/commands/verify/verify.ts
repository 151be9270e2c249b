import { Option, type Command } from 'commander';
import { readFileSync } from 'node:fs';
import { checkAdjustments, type CheckedAdjustments } from '#application/work/check-adjustments';
import { adjustmentFaultSentence, stillOpenSentence } from '#presentation/adjustment-fault';
import { Malformed } from '#integrity/malformed';
import { parsePolicy, type Policy } from '#integrity/policy';
import { readLogIdentity } from '#transparency-log/checkpoints/checkpoint-files';
import { verifyLog, type Verification } from '#transparency-log/verify/verify-log';
import { checkTiles } from '#transparency-log/verify/check-tiles';
import type { TileFault } from '#transparency-log/verify/tile-fault';
import { readPolicyFile } from '#transparency-log/witness/policy-file';
import { newestWitnessed, type Witnessed } from '#transparency-log/witness/witnessed';
import { printable } from '#presentation/printable';
import type { LedgerReader } from '#wiring/ledger';
import { verifyEvent, verifyProofFile } from './verify-event.ts';
import { verifyTilesAlone } from './verify-tiles.ts';
import { withCommonOptions, type CommonOptions } from '../../session/common-options.ts';
import { progressBar } from '../../output/progress-bar.ts';
import { firstDay, presentFault } from '../../output/verification-report.ts';
import { coverageOf } from '#transparency-log/verify/coverage';
import { coverageFault } from '../../session/coverage-fault.ts';
import { VERIFIED, badInput } from '../../session/exit-codes.ts';
import { identityOf } from '../../session/log-identity.ts';
import { withReaderBeside } from '../../session/open-ledger.ts';
import { run } from '../../session/run.ts';
import { exitCodeOf } from '../../session/verification-exit.ts';
import type { Session } from '../../session/session.ts';
import type { Terminal } from '../../output/terminal.ts';

interface Options extends CommonOptions {
  readonly since?: string;
  readonly policy?: string;
  readonly event?: string;
  readonly proof?: string;
  readonly tiles?: string;
  readonly key?: readonly string[];
  readonly allowUnsignedTail?: boolean;
}

export const registerVerify = (program: Command, session: Session): void => {
  withCommonOptions(program.command('verify'), session)
    .description('通读日志,逐个事件核对签名 read the whole log and hold it to what was signed')
    .option('--since <file>', '自己保存的旧检查点 a checkpoint that you kept')
    .option(
      '--allow-unsigned-tail',
      '放行最后没有签名的事件 take events after the last checkpoint as well',
    )
    .option('--policy <file>', '须有哪些见证方联署(默认用台账所存) whose cosignatures are needed')
    .addOption(
      new Option('--event <event>', '只核对一个事件 verify one event').conflicts([
        'since',
        'policy',
        'tiles',
        'proof',
        'key',
      ]),
    )
    .addOption(
      new Option(
        '--proof <file>',
        '核对一份证明(不需台账) verify a proof that you kept, without a ledger',
      ).conflicts(['since', 'policy', 'tiles']),
    )
    .option(
      '--tiles <dir>',
      '连同公布的哈希瓦片一并核对(有 --key 则不需台账) published tiles as well; with --key, those alone',
    )
    .option('--key <vkey...>', '日志的公钥,与 --proof、--tiles 同用 keys of the log')
    .action((options: Options) =>
      run(session, options.lang, () => verifyWhatIsAsked(session, options)),
    );
};

const verifyWhatIsAsked = async (session: Session, options: Options): Promise<void> => {
  const { proof, tiles, event, key } = options;
  if (proof !== undefined) {
    if (key === undefined)
      throw badInput('请用 --key 给出日志的公钥。', 'Give --key, the key of the log.');
    return verifyProofFile(session.terminal, proof, key, options);
  }
  if (tiles !== undefined && key !== undefined)
    return verifyTilesAlone(session, tiles, key, options);
  return withReaderBeside(session, options, (ledger) =>
    event === undefined
      ? verify(session, ledger, options)
      : verifyEvent(session.terminal, ledger, event, options),
  );
};

const verify = async (session: Session, ledger: LedgerReader, options: Options): Promise<void> => {
  const { printJson, warn } = session.terminal;
  const identity = readLogIdentity(ledger.directory);
  const head = Number((await ledger.log.head()) ?? 0n);
  const progress = progressBar(session.terminal, options.lang === 'en' ? 'Verifying' : '核对');
  const since = options.since === undefined ? undefined : readKept(options.since);
  const verified = await verifyLog(ledger, identity, since, (done) =>
    progress.update(done, head),
  ).catch((error: unknown) => {
    if (!(error instanceof Malformed)) throw error;
    throw badInput(
      `${options.since} 不是检查点:${error.message}`,
      `${options.since} is no checkpoint: ${error.message}`,
    );
  });
  progress.stop();
  const verification = {
    ...verified,
    faults: [...verified.faults, ...(await tileFaults(ledger, options))],
  };
  const books = verification.faults.length > 0 ? SOUND : await checkAdjustments(ledger.log);
  const policy = policyFor(ledger, options);
  const witnessed =
    policy === undefined || identity === undefined ? undefined : newestWitnessed(identity, policy);
  const lacksWitnesses = policy?.quorum !== undefined && witnessed === undefined;
  const coverage = coverageOf(ledger.directory, identity, verification);
  const uncovered = coverageFault(coverage, options.allowUnsignedTail === true);
  if (uncovered !== undefined) session.exitWith(uncovered.exitCode);
  if (lacksWitnesses) session.exitWith(VERIFIED.signature);
  if (books.faults.length > 0) session.exitWith(VERIFIED.books);
  if (verification.faults.length > 0) session.exitWith(exitCodeOf(verification.faults));
  if (options.json === true) {
    return printJson({
      ...verificationJson(verification),
      ...(coverage.kind === 'whole' ? {} : { coverage }),
      ...booksJson(books),
      ...(policy && { witnessed: witnessed ?? null }),
    });
  }
  await tell(session.terminal, ledger, verification, witnessed, options);
  for (const line of booksLines(books)) warn(printable(line[options.lang]));
  if (lacksWitnesses) warn(NOT_WITNESSED[options.lang]);
  if (uncovered !== undefined) warn(uncovered[options.lang]);
};

const SOUND: CheckedAdjustments = { faults: [], open: [] };

/** Told only where there is something to tell. */
const booksJson = ({ faults, open }: CheckedAdjustments): object => ({
  ...(faults.length > 0 ? { faultsOfBooks: faults } : {}),
  ...(open.length > 0 ? { openAdjustments: open } : {}),
});

const booksLines = ({ faults, open }: CheckedAdjustments) => [
  ...faults.slice(0, 20).map(adjustmentFaultSentence),
  ...(open.length > 0 ? [stillOpenSentence(open)] : []),
];

const NOT_WITNESSED = {
  zh: '没有一个检查点有见证规则所要求的联署;请见证方联署(mz witness ask 或 request)。',
  en: 'No checkpoint bears the cosignatures that the policy asks for; have witnesses cosign (mz witness ask, or request).',
};

const policyFor = (ledger: LedgerReader, { policy: file }: Options): Policy | undefined => {
  if (file === undefined) return readPolicyFile(ledger.directory);
  try {
    return parsePolicy(readKept(file));
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    throw badInput(
      `${file} 不是见证规则:${error.message}`,
      `${file} is no policy: ${error.message}`,
    );
  }
};

const tileFaults = async (
  ledger: LedgerReader,
  { tiles }: Options,
): Promise<readonly TileFault[]> =>
  tiles === undefined ? [] : checkTiles(tiles, ledger, identityOf(ledger.directory));

const readKept = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw badInput(`读不到文件 ${file}。`, `Cannot read ${file}.`);
  }
};

const tell = async (
  { print, warn }: Terminal,
  ledger: LedgerReader,
  { events, faults, signedThrough, root }: Verification,
  witnessed: Witnessed | undefined,
  { lang, since }: Options,
): Promise<void> => {
  if (faults.length > 0) {
    for (const fault of faults.slice(0, 20))
      warn(printable(presentFault(ledger.views.db, fault)[lang]));
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
      ? `${signedThrough} events since ${first} are signed and unaltered${kept}${witnesses(witnessed, lang)}; ${events - signedThrough} more are not signed.`
      : `自 ${first} 起的 ${signedThrough} 个事件已签名,未被改动${kept}${witnesses(witnessed, lang)};其后 ${events - signedThrough} 个没有签名。`,
  );
  print(`root ${root}`);
};

const witnesses = (witnessed: Witnessed | undefined, lang: 'zh' | 'en'): string => {
  if (witnessed === undefined || witnessed.among === 0) return '';
  const { size, by, among } = witnessed;
  return lang === 'en'
    ? `, ${size} witnessed by ${by.length} of ${among} (${by.join(', ')})`
    : `,${size} 个经 ${among} 家见证方中的 ${by.length} 家联署(${by.join('、')})`;
};

const verificationJson = ({ faults, ...rest }: Verification): object => ({
  ...rest,
  faults: faults.map((fault) => ('event' in fault ? { kind: fault.kind, ...fault.event } : fault)),
});
