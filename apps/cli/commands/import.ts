import type { Command } from 'commander';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { importPlan } from '#importers/plan/import-plan';
import { NOTHING_KNOWN, type KnownLedger } from '#importers/plan/known-ledger';
import type { PlanFault, ReadPlan } from '#importers/plan/plan';
import { planImport, type PlannedImport } from '#importers/plan/plan-commands';
import { readPlan } from '#importers/plan/read-plan';
import { formatWan } from '#ledger/money';
import { numberedNotices } from '#projections/allocation-register/find';
import { place } from '#projections/place-directory/query';
import type { LedgerReader } from '#wiring/ledger';
import {
  isThere,
  withCommonOptions,
  tokenOption,
  type CommonOptions,
} from '../session/common-options.ts';
import { progressBar } from '../output/progress-bar.ts';
import { CommandFault, EXIT, badInput } from '../session/exit-codes.ts';
import { withLedger, withReader, withReaderBeside } from '../session/open-ledger.ts';
import { run } from '../session/run.ts';
import { authenticate } from '../session/authenticate.ts';
import { permit } from '../session/not-recorded.ts';
import { findNotice } from '../options/names.ts';
import { withdraw } from '../withdraw.ts';
import type { Session } from '../session/session.ts';
import type { Terminal } from '../output/terminal.ts';

interface Options extends CommonOptions {
  readonly commit?: boolean;
  readonly token?: string;
  readonly takeBack?: string;
  readonly reason?: string;
  readonly on?: string;
  readonly key?: string;
}

export const registerImport = (program: Command, session: Session): void => {
  withCommonOptions(program.command('import [plan]'), session)
    .description('导入一份资金文件的计划(先试算,--commit 才记账) import a plan, dry run first')
    .option('--commit', '照此记账 record exactly this plan')
    .option('--take-back <number>', '整份撤销已导入的文件 take back the whole import of a notice')
    .option('--reason <text>', '撤销的原因')
    .option('--on <date>', '撤销的业务日期 business date (today)')
    .option('--key <key>', '撤销的幂等编号')
    .addOption(tokenOption())
    .action((file: string | undefined, options: Options) =>
      run(session, options.lang, async () => {
        if (options.takeBack !== undefined) return takeBack(session, options.takeBack, options);
        if (file === undefined) throw badInput('请写计划文件。', 'Name the file of the plan.');
        const bytes = await readFile(file).catch(() => {
          throw badInput(`读不到文件 ${file}。`, `Cannot read ${file}.`);
        });
        const plan = readPlan(basename(file), bytes);
        if (options.commit !== true) return tryOut(session, plan, options);
        // A plan that could not even begin a ledger leaves none behind.
        if (!isThere(options)) planned(session, plan, NOTHING_KNOWN, options);
        return commit(session, plan, options);
      }),
    );
};

/** Everything of an import goes, or nothing. */
const takeBack = (session: Session, number: string, options: Options): Promise<void> => {
  const { reason } = options;
  if (reason === undefined) throw badInput('请用 --reason 写明原因。', 'Say why with --reason.');
  return withLedger(session, options, (ledger) => {
    const { noticeId } = findNotice(ledger.views.db, number);
    return withdraw(session, ledger, noticeId, { ...options, reason }, true);
  });
};

/** Reads the ledger, if there is one, and changes nothing: not even a directory is made. */
const tryOut = async (session: Session, plan: ReadPlan, options: Options): Promise<void> => {
  if (!isThere(options))
    return preview(session.terminal, planned(session, plan, NOTHING_KNOWN, options), options);
  const withLedgerAsItIs = options.store === undefined ? withReaderBeside : withReader;
  await withLedgerAsItIs(session, options, async (ledger) =>
    preview(session.terminal, planned(session, plan, await knownIn(ledger), options), options),
  );
};

const commit = (session: Session, plan: ReadPlan, options: Options): Promise<void> =>
  withLedger(session, options, async (ledger) => {
    const { print, printJson } = session.terminal;
    const toImport = planned(session, plan, await knownIn(ledger), options);
    const actor = await authenticate(session, options);
    permit(actor, 'IssueNotice');
    const progress = progressBar(session.terminal, '导入');
    const outcome = await importPlan(toImport, ledger, actor, { onProgress: progress.update });
    progress.stop();
    switch (outcome.kind) {
      case 'imported':
        return options.json === true
          ? printJson(outcome)
          : print(`已导入:新记 ${outcome.recorded} 条,此前已有 ${outcome.repeated} 条。`);
      case 'conflict':
        throw listed(session, outcome.differences, options, EXIT.conflict);
      case 'stopped':
        throw new CommandFault(
          EXIT.unavailable,
          `导入停在 ${outcome.command}:${outcome.answer.kind};再次导入会接着完成。`,
          `The import stopped at ${outcome.command}: ${outcome.answer.kind}; importing again completes it.`,
        );
    }
  });

const knownIn = async ({ views: { db }, placeRegister }: LedgerReader): Promise<KnownLedger> => ({
  place: (placeId) => place(db, placeId),
  notices: numberedNotices(db),
  places: await placeRegister.upToDate(),
});

const planned = (
  session: Session,
  plan: ReadPlan,
  known: KnownLedger,
  options: Options,
): PlannedImport => {
  const read = planImport(plan, known);
  if (read.kind === 'faulty') throw listed(session, read.faults, options);
  return read.value;
};

const preview = (
  { print, printJson }: Terminal,
  { notice, places, remarks }: PlannedImport,
  { json, lang }: Options,
): void => {
  const annexes = notice.annexes.map(({ annex, title, lines, statedTotalFen }) => ({
    annex,
    title,
    rows: lines.length,
    sumFen: Number(lines.reduce((sum, line) => sum + line.amountFen, 0n)),
    statedTotalFen: statedTotalFen === undefined ? null : Number(statedTotalFen),
  }));
  const sumFen = annexes.reduce((sum, annex) => sum + annex.sumFen, 0);
  const rowCount = annexes.reduce((sum, annex) => sum + annex.rows, 0);
  if (json === true) {
    return printJson({ dryRun: true, noticeId: notice.noticeId, annexes, sumFen, remarks });
  }
  print(`试算(未记账):${notice.documentNumber.raw} ${notice.title}`);
  for (const { annex, title, rows, sumFen: fen, statedTotalFen } of annexes) {
    const stated = statedTotalFen === null ? '未写合计' : '与写明的合计相符';
    print(`  附件${annex} ${title}:${rows} 行 ${formatWan(BigInt(fen))} 万元(${stated})`);
  }
  print(`  共 ${rowCount} 行 ${formatWan(BigInt(sumFen))} 万元;列出地点 ${places.length} 个`);
  for (const { zh, en } of remarks) print(`  ${lang === 'en' ? en : zh}`);
  print('确认无误后加 --commit 记账。');
};

/** Every fault on a line of its own, with its place; the exit code says what they come to. */
const listed = (
  { terminal: { printJson, warn } }: Session,
  faults: readonly PlanFault[],
  { json, lang }: Options,
  exitCode: number = EXIT.badInput,
): CommandFault => {
  if (json === true) printJson({ faults });
  for (const { at, zh, en } of faults) warn(`${at}  ${lang === 'en' ? en : zh}`);
  return exitCode === EXIT.conflict
    ? new CommandFault(
        exitCode,
        '与台账不符,没有作任何改动。',
        'It differs from the ledger; nothing was changed.',
      )
    : new CommandFault(
        exitCode,
        `共 ${faults.length} 处错误,没有导入。`,
        `${faults.length} faults; nothing was imported.`,
      );
};
