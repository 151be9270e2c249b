import type { AdjustmentAbandonment, AdjustmentDoubt } from '#ledger/adjustment/adjustment-events';
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

/** A leg of a document that was open at a position. */
export interface OpenLeg {
  readonly adjustmentId: string;
  readonly approval: string;
  readonly approvedOn: string;
  readonly allocationId: string;
}

export const openLegsAt = (db: ReadDatabase, position: number): readonly OpenLeg[] =>
  db.all<OpenLeg>(
    `SELECT DISTINCT a.adjustmentId, a.approval, a.approvedOn, l.allocationId
     FROM adjustment a JOIN adjustment_leg l ON l.adjustmentId = a.adjustmentId
     WHERE a.approvedAt <= ?1 AND (a.endedAt IS NULL OR a.endedAt > ?1)
     ORDER BY a.approvedAt, l.allocationId`,
    position,
  );

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
