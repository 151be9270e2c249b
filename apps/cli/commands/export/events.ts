import type { Command } from 'commander';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { eventLine } from '#event-codec/event-line';
import type { EventStore } from '#event-store/port';
import { writeOutputFile } from '#files/whole-file';
import { withCommonOptions, type CommonOptions } from '../../session/common-options.ts';
import type { Terminal } from '../../output/terminal.ts';
import { badInput } from '../../session/exit-codes.ts';
import { withReader } from '../../session/open-ledger.ts';
import { run } from '../../session/run.ts';
import type { Session } from '../../session/session.ts';

interface Options extends CommonOptions {
  readonly out?: string;
}

export const registerExportEvents = (group: Command, session: Session): void => {
  withCommonOptions(group.command('events'), session)
    .description('全部事件,每行一个规范 JSON all events, one canonical JSON a line')
    .option('-o, --out <file>', '写入文件(不写则打印) file to write')
    .action((options: Options) =>
      run(session, options.lang, () =>
        withReader(session, options, ({ log }) => exportEvents(session.terminal, log, options.out)),
      ),
    );
};

const exportEvents = async (
  { stdout }: Terminal,
  log: EventStore,
  file: string | undefined,
): Promise<void> => {
  if (file === undefined) {
    return pipeline(Readable.from(lines(log)), stdout, { end: false });
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

async function* lines(log: EventStore): AsyncIterable<string> {
  for await (const event of log.readAll()) yield `${eventLine(event)}\n`;
}
