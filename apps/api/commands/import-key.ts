import { commandIdOf } from '#event-codec/ids';
import { issueIdOf } from '#importers/plan/notice-commands';
import type { PlannedImport } from '#importers/plan/plan-commands';
import type { NumberedNotice } from '#ledger/notice/notice-identity';
import { numberedNotices } from '#projections/allocation-register/find';
import { notice as noticeRow } from '#projections/allocation-register/query';
import type { ReadDatabase } from '#projections/engine/read-database';
import { usesOfKey, type KeyUse } from '#projections/keys/query';

/** The key of a request to import a plan, and what it was used for before. */
export interface ImportKey {
  /** What events of the import carry, by which the key is known again. */
  readonly correlationId: string;
  readonly uses: readonly KeyUse[];
  /** The notice that it imported, whatever became of that since; absent where it imported none. */
  readonly noticeId?: string;
}

/** What is known of the key of a request over HTTP; the same key of another person is another one. */
export const importKeyOf = (db: ReadDatabase, actorId: string, key: string): ImportKey => {
  const correlationId = commandIdOf('http', actorId, key, 'correlation');
  const uses = usesOfKey(db, correlationId);
  const noticeId = uses
    .map(({ stream, commandId }) => ({ noticeId: stream.replace(/^notice-/, ''), commandId }))
    .find((use) => use.commandId === issueIdOf(use.noticeId))?.noticeId;
  return { correlationId, uses, ...(noticeId !== undefined && { noticeId }) };
};

/**
 * The notices that a plan is read against. Asked again under its key, it is the notice that it was at first,
 * even after that was withdrawn: only a new key enters the next edition.
 */
export const noticesForKey = (
  db: ReadDatabase,
  { noticeId }: ImportKey,
): readonly NumberedNotice[] => {
  if (noticeId === undefined) return numberedNotices(db);
  const imported = noticeRow(db, noticeId);
  return imported === undefined ? [] : [{ ...imported, isWithdrawn: false }];
};

/** Whether the key was used for anything but this plan. */
export const isKeyOfOther = (
  { noticeId, uses }: ImportKey,
  { notice, places }: PlannedImport,
): boolean =>
  noticeId === undefined
    ? !uses.every((use) => places.some(({ commandId }) => commandId === use.commandId))
    : notice.noticeId !== noticeId;
