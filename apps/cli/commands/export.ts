import type { Command } from 'commander';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { eventLine } from '#event-store/event-line';
import type { EventStore } from '#event-store/port';
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
};

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
