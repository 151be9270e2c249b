import type { ReadDatabase } from '../engine/read-database.ts';
import type { CorrectionRow } from './view.ts';

export interface Correction {
  readonly kind: CorrectionRow['kind'];
  /** Absent when the document names no other side. */
  readonly eventId?: string;
}

/** What an event corrects, and what corrects it. */
export interface CorrectionsOf {
  readonly corrects: readonly Correction[];
  readonly correctedBy: readonly Correction[];
}

export const correctionsOf = (db: ReadDatabase, eventId: string): CorrectionsOf => {
  const corrects = db.all<CorrectionRow>('SELECT * FROM correction WHERE eventId = ?', eventId);
  const correctedBy = db.all<CorrectionRow>(
    'SELECT * FROM correction WHERE ofEventId = ? ORDER BY eventId',
    eventId,
  );
  return {
    corrects: corrects.map(({ kind, ofEventId }) =>
      ofEventId === null ? { kind } : { kind, eventId: ofEventId },
    ),
    correctedBy: correctedBy.map((row) => ({ kind: row.kind, eventId: row.eventId })),
  };
};
