import { NEVER } from 'rxjs';
import { isEsdbAddress, readEsdbAddress, type Environment } from '#event-store-esdb/address';
import { USUAL_TIMING, type Timing } from '#event-store-esdb/timing';
import type { IndexedEvent } from '#event-store-sqlite/hot-columns';
import { hotColumnNamesIn } from '#event-store-sqlite/hot-column-names-in';
import { openSqliteStore, type SqliteStore } from '#event-store-sqlite/open';
import { openCopiedStore, type CopiedStore } from '#event-store/copy/copied-store';
import type { LogCopy, ReplicationLag } from '#event-store/copy/log-copy';
import type { TellsOutages } from '#event-store/outage';
import type { EventStore, Position } from '#event-store/port';
import { StoreUnusable } from '#event-store/store-unusable';
import { HOT_COLUMN_NAMES, hotColumnsOf } from '#event-codec/hot-columns';

/** The log of a ledger, wherever it stands. */
export interface LedgerLog {
  /** Where events are written. A stream that is read from it is up to date, whoever wrote. */
  readonly store: EventStore;
  /** The log as this machine holds it, for every question: the store itself, or a copy of it. */
  readonly log: SqliteStore;
  /** The store once more, where other machines write to it too. */
  readonly shared?: CopiedStore;
}

export const HOT_COLUMNS = {
  names: HOT_COLUMN_NAMES,
  of: (event: IndexedEvent): readonly (number | null)[] => hotColumnsOf(event),
};

/** A copy knows besides where each event stands in the log of the cluster. */
const ORIGIN = 'origin';
const COPY_HOT_COLUMNS = {
  names: [...HOT_COLUMN_NAMES, ORIGIN],
  of: (event: IndexedEvent) => [...HOT_COLUMNS.of(event), originOf(event.position)],
};

/** The log in a directory, for its one writer. Throws `StoreUnusable` when it is a copy of another. */
export const openEmbeddedLog = (directory: string): LedgerLog => {
  if (isCopy(directory)) throw copyOfAnother(directory);
  const store = openSqliteStore({ directory, hotColumns: HOT_COLUMNS });
  return { store, log: store };
};

/** The log in a directory as its writer left or keeps it, a ledger's own or a copy. */
export const openLogToRead = (directory: string): SqliteStore =>
  openSqliteStore({
    directory,
    hotColumns: isCopy(directory) ? COPY_HOT_COLUMNS : HOT_COLUMNS,
    readOnly: true,
  });

/**
 * The log on a cluster, with its copy in a directory. Nothing is copied before `catchUp`. Throws
 * `StoreUnusable` when the directory holds a ledger of its own, or the address cannot be read.
 */
export const openClusterLog = async (
  directory: string,
  address: string,
  environment: Environment,
  timing: Timing = USUAL_TIMING,
): Promise<LedgerLog> => {
  if (!isEsdbAddress(address)) throw unknownStore(address);
  const where = readEsdbAddress(address, environment);
  const held = hotColumnNamesIn(directory);
  if (held !== undefined && !held.includes(ORIGIN)) throw ownLedger(directory);
  // Its client takes longer to load than a command on a directory takes in all.
  const { openEsdbStore } = await import('#event-store-esdb/open');
  const copy = openCopy(directory);
  const shared = openCopiedStore({ origin: openEsdbStore({ address: where, timing }), copy });
  return { store: shared, log: copy, shared };
};

const openCopy = (directory: string): SqliteStore & LogCopy => {
  const store = openSqliteStore({ directory, hotColumns: COPY_HOT_COLUMNS });
  const copiedThrough = async (): Promise<Position | undefined> => {
    const head = await store.head();
    if (head === undefined) return undefined;
    for await (const { events } of store.readStored(Number(head), NO_TEXT)) {
      const origin = events.at(-1)?.hotColumns.at(-1);
      if (typeof origin === 'number') return BigInt(origin);
    }
    throw new Error(`The copy in ${directory} does not say where its newest event came from.`);
  };
  return { ...store, copiedThrough };
};

/** No type is called so: events are read by their hot columns alone. */
const NO_TEXT = { whole: [], elseWithHotColumn: ORIGIN };

/** Whether a directory holds a copy of a log that stands elsewhere. */
export const isCopy = (directory: string): boolean =>
  hotColumnNamesIn(directory)?.includes(ORIGIN) === true;

/** Lag of a log that nobody else writes to: none. */
export const HERE: ReplicationLag = { lagMs: 0, fault: undefined };

/** Of a log that only the disk can take away. */
export const NO_OUTAGES: TellsOutages = { outage: () => undefined, outages: NEVER };

const originOf = (position: Position | undefined): number => {
  const origin = Number(position);
  if (Number.isSafeInteger(origin)) return origin;
  throw new Error(`An event is copied from a position of a log, not from ${position}.`);
};

/** An address as it may be shown: whatever stands before an @ is none of a log's business. */
export const withoutUser = (address: string): string => address.replace(/[^/]*@/, '');

const unknownStore = (given: string): StoreUnusable => {
  const text = withoutUser(given);
  return new StoreUnusable(
    'address-unusable',
    `“${text}” is no address of a store; it must begin with esdb:// (without --store the ledger is kept in --data).`,
    `“${text}”不是存储地址;应以 esdb:// 开头(不写 --store 则台账保存在 --data 目录)。`,
  );
};

export const copyOfAnother = (directory: string): StoreUnusable =>
  new StoreUnusable(
    'foreign-file',
    `${directory} holds a copy of a ledger that stands on a cluster. Name the cluster with --store (or MZ_STORE).`,
    `${directory} 里是某个集群台账的副本;请用 --store(或 MZ_STORE)指明集群。`,
  );

const ownLedger = (directory: string): StoreUnusable =>
  new StoreUnusable(
    'foreign-file',
    `${directory} holds a ledger of its own. Choose another --data for the copy of the cluster, or move the ledger with mz migrate.`,
    `${directory} 里已有一份自己的台账;请为集群副本另选 --data,或用 mz migrate 搬迁。`,
  );
