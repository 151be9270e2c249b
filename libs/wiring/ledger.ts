import type { Environment } from '#event-store-esdb/address';
import type { Timing } from '#event-store-esdb/timing';
import type { ReplicationLag } from '#event-store/copy/log-copy';
import type { Inspection } from '#event-store/inspection';
import type { TellsOutages } from '#event-store/outage';
import type { EventStore } from '#event-store/port';
import { StoreUnusable } from '#event-store/store-unusable';
import type { HashReader } from '#integrity/subtrees';
import { firstUnreadable } from '#projections/engine/event-source';
import type { ViewEvent } from '#projections/engine/view-event';
import type { RunningViews, Views } from '#projections/engine/running-views';
import { usesOfKey } from '#projections/keys/query';
import { paymentsOnVoucher } from '#projections/vouchers/query';
import { neverBack, systemClock, type Clock } from '#application/commands/clock';
import { watchClock, type ClockWatch } from '#application/commands/clock-watch';
import type { Execute } from '#application/commands/envelope';
import { createExecutor } from '#application/commands/execute';
import { readAcceptedClock } from './accepted-clock.ts';
import { KeysInUse } from '#application/commands/keys-in-use';
import { PayeeRegister } from '#application/commands/payee-register';
import { PaymentsOnVouchers } from '#application/commands/payments-on-vouchers';
import { PlaceRegister } from '#application/commands/place-register';
import { createWorker, resumeWork, type CarryOut, type Resumed } from '#application/work/worker';
import { allocationIdOf } from '#event-codec/ids';
import { allocatedRows } from '#projections/allocation-register/allocation-ids';
import type { ReadDatabase } from '#projections/engine/read-database';
import type { KeyFiles } from './key-files.ts';
import {
  HERE,
  NO_OUTAGES,
  isCopy,
  openClusterLog,
  openEmbeddedLog,
  openLogToRead,
  type LedgerLog,
} from './ledger-log.ts';
import { ledgerExists, requireNoLostLog, VIEWS_FILE } from './lost-log.ts';
import { openHistoricalReads, type HistoricalReads } from '#history/historical-reads';
import { sqliteViewSource } from './sqlite-views.ts';
import { openViewsFile, openViewsToRead } from './views-file.ts';

/** A ledger that is open: its log, its views, and the way in. */
export interface Ledger {
  readonly directory: string;
  readonly keyFiles: KeyFiles;
  /** Where events are written. A stream that is read from it is up to date, whoever wrote. */
  readonly store: EventStore;
  /** Whether the directory holds a copy of the log of a cluster. */
  readonly isCopy: boolean;
  /** The log as this machine holds it: every question is answered from it. */
  readonly log: EventStore;
  /** The Merkle tree over that log. */
  readonly tree: HashReader;
  /** The file that holds it, for whoever believes none of the above. */
  readonly inspect: () => Inspection;
  /** How near the log is to what has been written anywhere. */
  readonly replicationLag: () => ReplicationLag;
  /** Why nothing can be written, and every change of it; never where the log stands in the directory. */
  readonly outages: TellsOutages;
  readonly views: RunningViews;
  readonly execute: Execute;
  /** Carries out what the intent at the beginning of a stream asks for: a notice, an adjustment. */
  readonly carryOut: CarryOut;
  /** Goes on with the work that a crash left open. */
  readonly resumeWork: () => Promise<readonly Resumed[]>;
  /** Why nothing may be recorded until a person has looked at the clock of this machine. */
  readonly clockDoubt: ClockWatch['doubt'];
  readonly historicalReads: HistoricalReads;
  /** Every place by all that was said of it. */
  readonly placeRegister: PlaceRegister;
  /** The first event that this release does not know; it reads the whole log. */
  readonly firstUnreadable: () => Promise<ViewEvent | undefined>;
  close(): Promise<void>;
}

export interface LedgerOptions {
  readonly directory: string;
  /** `esdb://…` of the cluster that holds the log; the directory holds it when absent. */
  readonly address?: string;
  /** User, password and authority of that cluster, when not in its address. */
  readonly environment?: Environment;
  readonly keyFiles?: KeyFiles;
  /** How long to wait for the cluster, when not as usual. */
  readonly timing?: Timing;
  readonly clock?: Clock;
  /** False where the clock goes through the days of made-up events. */
  readonly watchesClock?: boolean;
  /** False where so much is written that views had better catch up once, at the end. */
  readonly following?: boolean;
  /** How far the views have caught up with the log, while they do. */
  readonly onProgress?: Parameters<RunningViews['catchUp']>[0];
}

/**
 * Opens the ledger in a directory as its one writer, and makes it when it is missing; or the ledger
 * on a cluster, of which the directory holds a copy. Its views are caught up when this returns, and
 * follow the log from then on unless told otherwise.
 */
export const openLedger = async (options: LedgerOptions): Promise<Ledger> => {
  const { directory, address, timing, clock = systemClock, following = true, onProgress } = options;
  const { keyFiles = {}, environment = {}, watchesClock = true } = options;
  if (address === undefined) requireNoLostLog(directory);
  const opened =
    address === undefined
      ? openEmbeddedLog(directory)
      : await openClusterLog(directory, address, environment, timing);
  const { store, log, shared } = opened;
  try {
    await catchUpWith(opened);
    const views = openViewsFile(directory, log);
    await views.catchUp(onProgress);
    shared?.follow();
    if (following) views.follow();
    const source = sqliteViewSource(log.readStored);
    const historicalReads = openHistoricalReads({
      directory,
      store: log,
      source,
      now: clock,
      savesHistory: true,
    });
    const recordingClock = neverBack(clock, await newestInstant(log));
    const watch = watchClock({
      clock,
      // A clock that a caller gives has no other time to be compared with.
      monotonicMs: clock === systemClock ? () => performance.now() : () => Date.parse(clock()),
      newest: recordingClock.newest,
      accepted: () => readAcceptedClock(directory),
    });
    const clockDoubt = watchesClock ? watch.doubt : () => undefined;
    shared?.copied.subscribe(({ meta }) => recordingClock.notBefore(meta['recordedAt']));
    const placeRegister = new PlaceRegister(store, source);
    const execute = createExecutor(store, recordingClock.now, {
      keys: new KeysInUse((correlationId) => usesOfKey(views.db, correlationId)),
      payees: new PayeeRegister(store, source),
      payments: new PaymentsOnVouchers(source, {
        through: () => views.position(),
        onVoucher: (voucherId) => paymentsOnVoucher(views.db, voucherId),
      }),
      halted: () => views.halted(),
      register: placeRegister,
      clockDoubt,
    });
    const carryOut = createWorker(store, execute, allocatedOtherwiseIn(views.db));
    return {
      directory,
      keyFiles,
      isCopy: shared !== undefined,
      store,
      log,
      tree: log.tree,
      inspect: log.inspect,
      views,
      historicalReads,
      placeRegister,
      firstUnreadable: () => firstUnreadable(source),
      outages: shared ?? NO_OUTAGES,
      replicationLag: shared?.replicationLag ?? (() => HERE),
      clockDoubt,
      execute,
      carryOut,
      resumeWork: () => resumeWork(views.db, carryOut),
      close: async () => {
        await historicalReads.close();
        await store.close();
        await views.close();
      },
    };
  } catch (error) {
    await store.close();
    throw error;
  }
};

/** A copy that holds something answers questions even while its cluster is away. */
const catchUpWith = async ({ log, shared }: LedgerLog): Promise<void> => {
  try {
    await shared?.catchUp();
  } catch (error) {
    const isAway = error instanceof StoreUnusable && error.fault === 'unreachable';
    if (!isAway || (await log.head()) === undefined) throw error;
  }
};

/** What can be read of a ledger while another process writes it. */
export type LedgerReader = Pick<
  Ledger,
  | 'directory'
  | 'keyFiles'
  | 'isCopy'
  | 'log'
  | 'tree'
  | 'inspect'
  | 'historicalReads'
  | 'placeRegister'
  | 'firstUnreadable'
  | 'close'
> & {
  readonly views: Pick<Views, 'db' | 'status'>;
};

export { ledgerExists, VIEWS_FILE };

/** Throws a sentence that says how to begin one where there is no ledger. */
export const requireLedger = (directory: string): void => {
  if (ledgerExists(directory)) return;
  requireNoLostLog(directory);
  throw new StoreUnusable(
    'foreign-file',
    `There is no ledger in ${directory}. Begin one with \`mz import\` or \`mz demo\`.`,
    `${directory} 里没有台账。请先用 mz import 导入,或用 mz demo 试用。`,
  );
};

/** Opens a ledger beside its writer; views are as the writer keeps them. */
export const openLedgerReader = (directory: string, keyFiles: KeyFiles = {}): LedgerReader => {
  requireLedger(directory);
  const log = openLogToRead(directory);
  const views = openViewsToRead(directory, log);
  const source = sqliteViewSource(log.readStored);
  const historicalReads = openHistoricalReads({
    directory,
    store: log,
    source,
    now: systemClock,
    savesHistory: false,
  });
  return {
    directory,
    keyFiles,
    isCopy: isCopy(directory),
    log,
    tree: log.tree,
    inspect: log.inspect,
    historicalReads,
    placeRegister: new PlaceRegister(log, source),
    views,
    firstUnreadable: () => firstUnreadable(source),
    close: async () => {
      await historicalReads.close();
      await log.close();
      await views.close();
    },
  };
};

/** Rows that stand allocated under an id that does not follow from notice, annex and row. */
const allocatedOtherwiseIn =
  (db: ReadDatabase) =>
  (noticeId: string): ReadonlySet<string> =>
    new Set(
      allocatedRows(db, noticeId)
        .filter(
          ({ allocationId, annex, row }) => allocationId !== allocationIdOf(noticeId, annex, row),
        )
        .map(({ annex, row }) => `${annex}/${row}`),
    );

const newestInstant = async (log: EventStore): Promise<string | undefined> => {
  const head = await log.head();
  if (head === undefined) return undefined;
  for await (const event of log.readAll({ from: head })) return event.meta['recordedAt'];
  return undefined;
};
