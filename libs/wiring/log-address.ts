import { isEsdbAddress, readEsdbAddress, type Environment } from '#event-store-esdb/address';
import { USUAL_TIMING, type Timing } from '#event-store-esdb/timing';
import { openSqliteStore } from '#event-store-sqlite/open';
import type { AppendsReplicated } from '#event-store/copy/log-copy';
import type { EventStore } from '#event-store/port';
import { StoreUnusable } from '#event-store/store-unusable';
import { requireLedger } from './ledger.ts';
import { HOT_COLUMNS, isCopy, openLogToRead, copyOfAnother, withoutUser } from './ledger-log.ts';

export type Log = EventStore & Partial<AppendsReplicated>;

/**
 * A log to be read whole: `sqlite:DIR` a ledger that nobody writes meanwhile, `copy:DIR` what a node
 * holds of its cluster, or `esdb://…`.
 */
export const openSourceLog = async (text: string, environment: Environment): Promise<Log> => {
  const [, kind, directory = ''] = /^(sqlite|copy):(.+)$/.exec(text) ?? [];
  if (kind === undefined) return openClusterAt(text, environment);
  requireLedger(directory);
  if (kind === 'copy') return openLogToRead(directory);
  return openOwn(directory);
};

/** A log to be filled: `sqlite:DIR`, made when missing, or `esdb://…`. */
export const openTargetLog = async (text: string, environment: Environment): Promise<Log> => {
  const [, directory] = /^sqlite:(.+)$/.exec(text) ?? [];
  return directory === undefined ? openClusterAt(text, environment) : openOwn(directory);
};

/** Whether a text names a cluster. */
export const isClusterAddress = isEsdbAddress;

/** How long to wait for a cluster in milliseconds: for one answer, and for all tries of one call. */
export type Patience = Partial<Pick<Timing, 'callMs' | 'patienceMs' | 'refusalMs'>>;

/** The log on a cluster. Throws `StoreUnusable` when the address cannot be read. */
export const openCluster = async (
  text: string,
  environment: Environment,
  patience: Patience = {},
): Promise<EventStore> => {
  const address = readEsdbAddress(text, environment);
  const { openEsdbStore } = await import('#event-store-esdb/open');
  return openEsdbStore({ address, timing: { ...USUAL_TIMING, ...patience } });
};

const openOwn = (directory: string): Log => {
  if (isCopy(directory)) throw copyOfAnother(directory);
  return openSqliteStore({ directory, hotColumns: HOT_COLUMNS });
};

const openClusterAt = async (text: string, environment: Environment): Promise<Log> => {
  if (!isEsdbAddress(text)) throw unknown(text);
  return openCluster(text, environment, { refusalMs: USUAL_TIMING.patienceMs });
};

const unknown = (text: string): StoreUnusable =>
  new StoreUnusable(
    'address-unusable',
    `“${withoutUser(text)}” names no log; write sqlite:DIRECTORY, copy:DIRECTORY (to read from) or esdb://host:2113.`,
    `“${withoutUser(text)}”不是日志;请写 sqlite:目录、copy:目录(只能作来源)或 esdb://主机:2113。`,
  );
