import { Option, type Command } from 'commander';
import { resolve } from 'node:path';
import { StoreUnusable } from '#event-store/store-unusable';
import { isCopy } from '#wiring/ledger-log';
import {
  ledgerExists,
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
  /** `esdb://…` of the cluster that holds the ledger; `data` holds it when absent. */
  readonly store?: string;
  readonly json?: boolean;
  readonly lang: 'zh' | 'en';
}

/** The options every command has. */
export const withCommonOptions = (command: Command): Command =>
  command
    .option('--data <dir>', '数据目录 data directory', process.env['MZ_DATA'] ?? './data/ledger')
    // From the environment, but never shown: an address may carry a password.
    .addOption(
      new Option(
        '--store <address>',
        '集群 esdb://…(不写则台账就在数据目录) cluster that holds the ledger',
      ).env('MZ_STORE'),
    )
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
  where: CommonOptions,
  work: (ledger: Ledger) => Promise<void>,
  options: Omit<LedgerOptions, 'directory' | 'address'> = {},
): Promise<void> => {
  const ledger = await openLedger({ ...placeOf(where), ...options });
  if (!Number.isFinite(ledger.replicationLag().lagMs)) warn(OUT_OF_REACH[where.lang]);
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
  requireThere(options);
  return withLedger(options, work);
};

/** Opens the ledger to read: caught up if nobody writes it, else as its writer keeps it. */
export const withReader = async (
  where: CommonOptions,
  work: (ledger: LedgerReader) => Promise<void>,
): Promise<void> => {
  const reader = await openToRead(where);
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

const openToRead = async (where: CommonOptions): Promise<LedgerReader> => {
  requireThere(where);
  const { directory, ...elsewhere } = placeOf(where);
  // A copy whose cluster was not named is read as it was left.
  if (where.store === undefined && isCopy(directory)) return openLedgerReader(directory);
  try {
    const ledger = await openLedger({ directory, ...elsewhere });
    if (!Number.isFinite(ledger.replicationLag().lagMs)) warn(OUT_OF_REACH[where.lang]);
    return ledger;
  } catch (error) {
    if (error instanceof StoreUnusable && error.fault === 'in-use') {
      return openLedgerReader(directory);
    }
    throw error;
  }
};

const OUT_OF_REACH = {
  zh: '集群没有应答;以下来自本机副本,可能不是最新。',
  en: 'The cluster does not answer; this is from the copy on this machine and may not be the newest.',
};

/** Where the ledger is, as its options say. */
export const placeOf = ({
  data,
  store,
}: CommonOptions): Pick<LedgerOptions, 'directory' | 'address'> => ({
  directory: resolve(data),
  ...(store === undefined ? {} : { address: store }),
});

/** Whether there is a ledger to be read; what a cluster holds is seen when it is asked. */
export const isThere = ({ data, store }: CommonOptions): boolean =>
  store !== undefined || ledgerExists(resolve(data));

const requireThere = (where: CommonOptions): void => {
  if (!isThere(where)) requireLedger(resolve(where.data));
};

export const badInput = (zh: string, en: string): CommandFault =>
  new CommandFault(EXIT.badInput, zh, en);
