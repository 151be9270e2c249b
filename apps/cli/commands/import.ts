import { Option, type Command } from 'commander';
import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { importPlan } from '#importers/plan/import-plan';
import type { PlanFault, ReadPlan } from '#importers/plan/plan';
import { planImport, type PlannedImport } from '#importers/plan/plan-commands';
import { readPlan } from '#importers/plan/read-plan';
import { formatWan } from '#ledger/money';
import type { ReadDatabase } from '#projections/engine/read-database';
import { place } from '#projections/place-directory/query';
import { CommandFault, EXIT } from '../exit-codes.ts';
import { print, printJson, warn } from '../output.ts';
import {
  badInput,
  isThere,
  run,
  withCommonOptions,
  withLedger,
  withReader,
  withReaderBeside,
  type CommonOptions,
} from '../session.ts';
import { authenticate, permit } from '../write.ts';
import { progressBar } from '../progress-bar.ts';

interface Options extends CommonOptions {
  readonly commit?: boolean;
  readonly token?: string;
}

export const registerImport = (program: Command): void => {
  withCommonOptions(program.command('import <plan>'))
    .description('导入一份资金文件的计划(先试算,--commit 才记账) import a plan, dry run first')
    .option('--commit', '照此记账 record exactly this plan')
    .addOption(new Option('--token <token>', '令牌 token').env('MZ_TOKEN'))
    .action((file: string, options: Options) =>
      run(options.lang, async () => {
        const bytes = await readFile(file).catch(() => {
          throw badInput(`读不到文件 ${file}。`, `Cannot read ${file}.`);
        });
        const plan = readPlan(basename(file), bytes);
        if (options.commit !== true) return tryOut(plan, options);
        // A plan that could not even begin a ledger leaves none behind.
        if (!isThere(options)) planned(plan, NO_PLACES, options);
        return commit(plan, options);
      }),
    );
};

/** Reads the ledger, if there is one, and changes nothing: not even a directory is made. */
const tryOut = async (plan: ReadPlan, options: Options): Promise<void> => {
  if (!isThere(options)) return preview(planned(plan, NO_PLACES, options), options);
  const withLedgerAsItIs = options.store === undefined ? withReaderBeside : withReader;
  await withLedgerAsItIs(options, async (ledger) =>
    preview(planned(plan, placesIn(ledger.views.db), options), options),
  );
};

const commit = (plan: ReadPlan, options: Options): Promise<void> =>
  withLedger(options, async (ledger) => {
    const toImport = planned(plan, placesIn(ledger.views.db), options);
    const actor = await authenticate(resolve(options.data), options.token);
    permit(actor, 'IssueNotice');
    const progress = progressBar('导入');
    const outcome = await importPlan(toImport, ledger, actor, progress.update);
    progress.stop();
    switch (outcome.kind) {
      case 'imported':
        return options.json === true
          ? printJson(outcome)
          : print(`已导入:新记 ${outcome.recorded} 条,此前已有 ${outcome.repeated} 条。`);
      case 'conflict':
        throw listed(outcome.differences, options, EXIT.conflict);
      case 'stopped':
        throw new CommandFault(
          EXIT.unavailable,
          `导入停在 ${outcome.command}:${outcome.answer.kind};再次导入会接着完成。`,
          `The import stopped at ${outcome.command}: ${outcome.answer.kind}; importing again completes it.`,
        );
    }
  });

type IsKnown = (placeId: string) => boolean;

const NO_PLACES: IsKnown = () => false;

const placesIn =
  (db: ReadDatabase): IsKnown =>
  (placeId) =>
    place(db, placeId) !== undefined;

const planned = (plan: ReadPlan, isKnown: IsKnown, options: Options): PlannedImport => {
  const read = planImport(plan, isKnown);
  if (read.kind === 'faulty') throw listed(read.faults, options);
  return read.value;
};

const preview = ({ notice, allocations, places }: PlannedImport, { json }: Options): void => {
  const annexes = notice.annexes.map(({ annex, title, lines, statedTotalFen }) => ({
    annex,
    title,
    rows: lines.length,
    sumFen: Number(lines.reduce((sum, line) => sum + line.amountFen, 0n)),
    statedTotalFen: statedTotalFen === undefined ? null : Number(statedTotalFen),
  }));
  const sumFen = annexes.reduce((sum, annex) => sum + annex.sumFen, 0);
  if (json === true) {
    return printJson({ dryRun: true, noticeId: notice.noticeId, annexes, sumFen });
  }
  print(`试算(未记账):${notice.documentNumber.raw} ${notice.title}`);
  for (const { annex, title, rows, sumFen: fen, statedTotalFen } of annexes) {
    const stated = statedTotalFen === null ? '未写合计' : '与写明的合计相符';
    print(`  附件${annex} ${title}:${rows} 行 ${formatWan(BigInt(fen))} 万元(${stated})`);
  }
  print(
    `  共 ${allocations.length} 行 ${formatWan(BigInt(sumFen))} 万元;列出地点 ${places.length} 个`,
  );
  print('确认无误后加 --commit 记账。');
};

/** Every fault on a line of its own, with its place; the exit code says what they come to. */
const listed = (
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
