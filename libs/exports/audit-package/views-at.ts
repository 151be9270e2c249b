import { DatabaseSync } from 'node:sqlite';
import type { EventStore } from '#event-store/port';
import { allocationRegisterView } from '#projections/allocation-register/view';
import { announcementBoardView } from '#projections/announcement-board/view';
import { placeDirectoryView } from '#projections/place-directory/view';
import { readDatabase, type ReadDatabase } from '#projections/engine/read-database';
import { spendingProgressView } from '#projections/spending-progress/view';
import { openViews } from '#projections/open-views';

const VIEWS = [
  placeDirectoryView,
  allocationRegisterView,
  spendingProgressView,
  announcementBoardView,
];

/** Less than while serving: the rows that are wanted again are in the folds' own memory. */
const CACHE_MB = 16;

export interface ViewsAt {
  readonly db: ReadDatabase;
  readonly close: () => void;
}

/**
 * The views over the first events of a log, folded anew into a file of their own: whatever is
 * recorded meanwhile, the tables tell of the same events as the bundle.
 */
export const openViewsAt = async (
  log: EventStore,
  head: number,
  file: string,
  onProgress: (done: number) => void,
): Promise<ViewsAt> => {
  const views = openViews({ file, store: firstOf(log, head), views: VIEWS, cacheMb: CACHE_MB });
  await views.catchUp(({ done }) => onProgress(done));
  const halted = views.status().find((status) => status.halted !== undefined);
  // What was folded is read from the file: the rows that the folds held in memory are let go.
  await views.close();
  if (halted !== undefined) {
    throw new Error(
      `${halted.name} halted at ${halted.halted?.position}: ${halted.halted?.reason}`,
    );
  }
  const db = new DatabaseSync(file, { readOnly: true });
  return { db: readDatabase(db), close: () => db.close() };
};

/** The log as it was when it had so many events. */
const firstOf = (log: EventStore, head: number): EventStore => ({
  ...log,
  readAll: ({ from = 1n, limit = Infinity } = {}) =>
    log.readAll({ from, limit: Math.min(limit, Math.max(0, head - Number(from) + 1)) }),
  head: () => Promise.resolve(head === 0 ? undefined : BigInt(head)),
});
