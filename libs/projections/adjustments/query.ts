import type { AdjustmentAbandonment, AdjustmentDoubt } from '#ledger/adjustment/adjustment-events';
import type { BusinessDate } from '#ledger/calendar';
import type { FenJson } from '#ledger/fen-json';
import type { ReadDatabase } from '../engine/read-database.ts';
import type { AdjustmentLegRow, AdjustmentRow } from './view.ts';

/** An adjustment document as it stands. Amounts in fen. */
export interface AdjustmentEntry extends Omit<AdjustmentRow, 'doubt' | 'ground' | 'endedAt'> {
  readonly isOpen: boolean;
  readonly doubt?: FenJson<AdjustmentDoubt>;
  /** Why it was abandoned. */
  readonly ground?: AdjustmentAbandonment['ground'];
  readonly endedAt?: number;
  readonly legs: readonly Omit<AdjustmentLegRow, 'leg' | 'adjustmentId'>[];
}

/** Every adjustment, the newest first; only those that are open where that is asked for. */
export const adjustments = (
  db: ReadDatabase,
  { isOpen }: { readonly isOpen?: boolean } = {},
): readonly AdjustmentEntry[] =>
  db
    .all<AdjustmentRow>(
      `SELECT * FROM adjustment ${isOpen === true ? 'WHERE endedAt IS NULL' : ''}
       ORDER BY approvedAt DESC`,
    )
    .map((row) => toEntry(db, row));

/** Undefined where no document has this id. */
export const adjustment = (db: ReadDatabase, adjustmentId: string): AdjustmentEntry | undefined => {
  const row = db.get<AdjustmentRow>(
    'SELECT * FROM adjustment WHERE adjustmentId = ?',
    adjustmentId,
  );
  return row === undefined ? undefined : toEntry(db, row);
};

/** The allocations of a document, in the order of its legs. */
export const adjustedIn = (db: ReadDatabase, adjustmentId: string): readonly string[] =>
  db
    .all<{ readonly allocationId: string }>(
      'SELECT allocationId FROM adjustment_leg WHERE adjustmentId = ? ORDER BY ordinal',
      adjustmentId,
    )
    .map(({ allocationId }) => allocationId);

/** A document that was open, with the allocations that it will change. */
export interface OpenAdjustment {
  readonly adjustmentId: string;
  readonly approval: string;
  readonly allocationIds: readonly string[];
}

/** The documents that were open at a position, of those that were approved by a day. */
export const openAdjustmentsAt = (
  db: ReadDatabase,
  { position, on }: { readonly position: number; readonly on?: BusinessDate },
): readonly OpenAdjustment[] =>
  db
    .all<Pick<AdjustmentRow, 'adjustmentId' | 'approval'>>(
      `SELECT adjustmentId, approval FROM adjustment
       WHERE approvedAt <= ?1 AND (endedAt IS NULL OR endedAt > ?1) AND (?2 IS NULL OR approvedOn <= ?2)
       ORDER BY approvedAt`,
      position,
      on ?? null,
    )
    .map((row) => ({ ...row, allocationIds: [...new Set(adjustedIn(db, row.adjustmentId))] }));

const toEntry = (
  db: ReadDatabase,
  { doubt, ground, endedAt, ...row }: AdjustmentRow,
): AdjustmentEntry => ({
  ...row,
  isOpen: endedAt === null,
  // Written by the view, from the data of the events.
  ...(doubt === null ? {} : { doubt: JSON.parse(doubt) as FenJson<AdjustmentDoubt> }),
  ...(ground === null ? {} : { ground: JSON.parse(ground) as AdjustmentAbandonment['ground'] }),
  ...(endedAt === null ? {} : { endedAt }),
  legs: db
    .all<AdjustmentLegRow>(
      'SELECT * FROM adjustment_leg WHERE adjustmentId = ? ORDER BY ordinal',
      row.adjustmentId,
    )
    .map(({ leg: _leg, adjustmentId: _id, ...leg }) => leg),
});
