import type { Command } from 'commander';
import { resolve } from 'node:path';
import { StoreUnusable } from '#event-store/store-unusable';
import {
  openLedger,
  openLedgerReader,
  requireLedger,
  type Ledger,
  type LedgerOptions,
  type LedgerReader,
} from '#wiring/ledger';
import { CommandFault, EXIT } from './exit-codes.ts';
import { warn } from './output.ts';

export interface CommonOptions {
  readonly data: string;
  readonly json?: boolean;
  readonly lang: 'zh' | 'en';
}

/** The options every command has. */
export const withCommonOptions = (command: Command): Command =>
  command
    .option('--data <dir>', '数据目录 data directory', process.env['MZ_DATA'] ?? './data/ledger')
    .option('--json', '输出一个 JSON 文档 print one JSON document')
    .option('--lang <lang>', 'zh 或 en', 'zh');

/** Runs a command and turns whatever goes wrong into a sentence and an exit code. */
export const run = async (lang: string, work: () => Promise<void>): Promise<void> => {
  try {
    await work();
  } catch (error) {
    if (error instanceof CommandFault) {
      warn(lang === 'en' ? error.message : error.zh);
      process.exitCode = error.exitCode;
    } else if (error instanceof StoreUnusable) {
      warn(lang === 'en' ? error.message : error.zh);
      process.exitCode = EXIT.unavailable;
    } else {
      warn(error instanceof Error ? (error.stack ?? error.message) : String(error));
      process.exitCode = EXIT.broken;
    }
  }
};

/** Opens the ledger for writing, gives it to the work, and closes it whatever happens. */
export const withLedger = async (
  { data }: CommonOptions,
  work: (ledger: Ledger) => Promise<void>,
  options: Omit<LedgerOptions, 'directory'> = {},
): Promise<void> => {
  const ledger = await openLedger({ directory: resolve(data), ...options });
  try {
    await work(ledger);
  } finally {
    await ledger.close();
  }
};

/** Opens a ledger that is there already, for work on its views. */
export const withExistingLedger = (
  options: CommonOptions,
  work: (ledger: Ledger) => Promise<void>,
): Promise<void> => {
  requireLedger(resolve(options.data));
  return withLedger(options, work);
};

/** Opens the ledger to read: caught up if nobody writes it, else as its writer keeps it. */
export const withReader = async (
  { data }: CommonOptions,
  work: (ledger: LedgerReader) => Promise<void>,
): Promise<void> => {
  const directory = resolve(data);
  const reader = await openToRead(directory);
  try {
    await work(reader);
  } finally {
    await reader.close();
  }
};

/** Opens the ledger to read, as its writer keeps it, whether or not there is one now. */
export const withReaderBeside = async (
  { data }: CommonOptions,
  work: (ledger: LedgerReader) => Promise<void> | void,
): Promise<void> => {
  const reader = openLedgerReader(resolve(data));
  try {
    await work(reader);
  } finally {
    await reader.close();
  }
};

const openToRead = async (directory: string): Promise<LedgerReader> => {
  requireLedger(directory);
  try {
    return await openLedger({ directory });
  } catch (error) {
    if (error instanceof StoreUnusable && error.fault === 'in-use') {
      return openLedgerReader(directory);
    }
    throw error;
  }
};

export const badInput = (zh: string, en: string): CommandFault =>
  new CommandFault(EXIT.badInput, zh, en);
