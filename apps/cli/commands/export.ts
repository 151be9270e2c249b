import type { Command } from 'commander';
import { createWriteStream, existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { eventLine } from '#event-store/event-line';
import type { EventStore } from '#event-store/port';
import { writeAuditPackage } from '#wiring/audit-package/write-package';
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
}

const registerAudit = (group: Command): void => {
  withCommonOptions(group.command('audit'))
    .description(
      '审计包:全部事件、检查点、表格和独立核验程序 everything an auditor verifies without us',
    )
    .requiredOption('-o, --out <dir>', '写到目录 directory to write')
    .action((options: AuditOptions) =>
      run(options.lang, () =>
        withReader(options, async (ledger) => {
          const identity = identityOf(ledger.directory);
          const progress = progressBar(options.lang === 'en' ? 'Packing' : '打包');
          const directory = resolve(options.out);
          const written = await writeAuditPackage({
            ledger,
            identity,
            directory,
            verifierDirectory: VERIFIER,
            onProgress: progress.update,
          });
          progress.stop();
          if (options.json === true) return printJson({ directory, ...written });
          const { events, newest } = written;
          print(
            options.lang === 'en'
              ? `${events} events in ${directory}, ${newest.size} of them signed. Verify with:`
              : `${events} 个事件已写入 ${directory},其中 ${newest.size} 个已签名。核验:`,
          );
          print(
            `  node ${join(directory, 'verify.mjs')} ${join(directory, 'bundle.ndjson')} --key ${join(directory, 'ledger.vkey')}`,
          );
        }),
      ),
    );
};

/** Beside the sources, or beside what was built of them. */
const VERIFIER = resolve(
  ['../../../audit', '../../../../audit']
    .map((path) => new URL(path, import.meta.url).pathname)
    .find((path) => existsSync(path)) ?? 'audit',
);

async function* lines(log: EventStore): AsyncIterable<string> {
  for await (const event of log.readAll()) yield `${eventLine(event)}\n`;
}

/** A file is written whole or not at all: beside, then put in place. */
const exportEvents = async (log: EventStore, file: string | undefined): Promise<void> => {
  if (file === undefined)
    return pipeline(Readable.from(lines(log)), process.stdout, { end: false });
  const beside = `${file}.partial`;
  try {
    await pipeline(Readable.from(lines(log)), createWriteStream(beside));
    await rename(beside, file);
  } catch (error) {
    await rm(beside, { force: true });
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    throw badInput(
      `不能写入 ${file}:${String(error)}`,
      `${file} cannot be written: ${String(error)}`,
    );
  }
};
