import type { Command } from 'commander';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { eventLine } from '#event-codec/event-line';
import type { EventStore } from '#event-store/port';
import { writeOutputFile } from '#files/whole-file';
import type { WrittenPackage } from '#exports/audit-package/write-package';
import { exportAudit } from '#operations/export-audit';
import { systemClock } from '#application/commands/clock';
import type { LedgerReader } from '#wiring/ledger';
import { identityOf } from '../log-identity.ts';
import { print, printJson } from '../output.ts';
import { progressBar } from '../progress-bar.ts';
import { badInput, run, withCommonOptions, withReader, type CommonOptions } from '../session.ts';

interface Options extends CommonOptions {
  readonly out?: string;
}

export const registerExport = (program: Command): void => {
  const group = program.command('export').description('导出 exports');
  withCommonOptions(group.command('events'))
    .description('全部事件,每行一个规范 JSON all events, one canonical JSON a line')
    .option('-o, --out <file>', '写入文件(不写则打印) file to write')
    .action((options: Options) =>
      run(options.lang, () => withReader(options, ({ log }) => exportEvents(log, options.out))),
    );
  registerAudit(group);
};

interface AuditOptions extends CommonOptions {
  readonly out: string;
  readonly year?: string;
}

const registerAudit = (group: Command): void => {
  withCommonOptions(group.command('audit'))
    .description(
      '审计包:全部事件、检查点、表格和独立核验程序 everything an auditor verifies without us',
    )
    .requiredOption('-o, --out <dir>', '写到目录 directory to write')
    .option(
      '--year <year>',
      '表格只含一个年度(事件始终是全部) tables of one year; events are always all',
    )
    .action((options: AuditOptions) =>
      run(options.lang, () => withReader(options, (ledger) => packAudit(ledger, options))),
    );
};

const packAudit = async (ledger: LedgerReader, options: AuditOptions): Promise<void> => {
  const began = performance.now();
  const directory = resolve(options.out);
  const progress = progressBar(options.lang === 'en' ? 'Packing' : '打包');
  try {
    const events = Number((await ledger.log.head()) ?? 0n);
    const request = {
      ledger: ledger.directory,
      identity: identityOf(ledger.directory),
      directory,
      ...(options.year === undefined ? {} : { year: readYear(options.year) }),
      now: systemClock(),
    };
    const written = await exportAudit(request, events, progress.update);
    const seconds = Math.round(performance.now() - began) / 1_000;
    if (options.json === true) printJson({ directory, ...written, seconds });
    else presentPackage(directory, written, options.lang);
  } finally {
    progress.stop();
  }
};

const presentPackage = (
  directory: string,
  { events, signedThrough }: WrittenPackage,
  lang: CommonOptions['lang'],
): void => {
  print(
    lang === 'en'
      ? `${events} events in ${directory}, ${signedThrough} of them signed. Verify with:`
      : `${events} 个事件已写入 ${directory},其中 ${signedThrough} 个已签名。核验:`,
  );
  const [program, bundle, key] = ['verify.mjs', 'bundle.ndjson', 'ledger.vkey'].map((name) =>
    join(directory, name),
  );
  print(`  node ${program} ${bundle} --key ${key}`);
};

const readYear = (text: string): number => {
  if (/^[12]\d{3}$/.test(text)) return Number(text);
  throw badInput(`“${text}”不是年度,如 2024。`, `“${text}” is no year, such as 2024.`);
};

async function* lines(log: EventStore): AsyncIterable<string> {
  for await (const event of log.readAll()) yield `${eventLine(event)}\n`;
}

const exportEvents = async (log: EventStore, file: string | undefined): Promise<void> => {
  if (file === undefined) {
    return pipeline(Readable.from(lines(log)), process.stdout, { end: false });
  }
  try {
    await writeOutputFile(file, lines(log));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    throw badInput(
      `不能写入 ${file}:${String(error)}`,
      `${file} cannot be written: ${String(error)}`,
    );
  }
};
