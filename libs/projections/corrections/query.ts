import { dayNumber } from '#ledger/calendar';
import type { ReadDatabase } from '../engine/read-database.ts';
import type { CorrectionRow } from './view.ts';

/** A point of both axes; `libs/history` says more. */
interface Bounds {
  readonly position: number;
  /** Day number. */
  readonly day: number;
}

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
    'SELECT * FROM correction WHERE ofEventId = ? ORDER BY position',
    eventId,
  );
  return {
    corrects: corrects.map(({ kind, ofEventId }) =>
      ofEventId === null ? { kind } : { kind, eventId: ofEventId },
    ),
    correctedBy: correctedBy.map((row) => ({ kind: row.kind, eventId: row.eventId })),
  };
};

/** A reversal, and what of the event it takes back. */
export interface ReversalOf {
  readonly eventId: string;
  readonly ofEventId: string;
  /** In fen; null where no amount is taken back. */
  readonly amountFen: number | null;
}

/** The reversals within the bounds that are, or take back, one of these events; in the order of the log. */
export const reversalsOf = (
  db: ReadDatabase,
  eventIds: readonly string[],
  bounds: Bounds,
): readonly ReversalOf[] =>
  db
    .all<CorrectionRow & { readonly ofEventId: string }>(
      `SELECT * FROM correction WHERE kind = 'reversal' AND ofEventId IS NOT NULL
         AND (eventId IN (SELECT value FROM json_each(?1))
           OR ofEventId IN (SELECT value FROM json_each(?1)))
       ORDER BY position`,
      JSON.stringify(eventIds),
    )
    .filter(
      ({ position, occurredOn }) =>
        position <= bounds.position && dayNumber(occurredOn) <= bounds.day,
    );

/** Fen taken back of events, by their ids; those that were left alone are absent. */
export const takenBackOf = (
  db: ReadDatabase,
  eventIds: readonly string[],
): ReadonlyMap<string, number> =>
  new Map(
    db
      .all<{ readonly ofEventId: string; readonly fen: number }>(
        `SELECT ofEventId, sum(amountFen) AS fen FROM correction
         WHERE kind = 'reversal' AND amountFen > 0
           AND ofEventId IN (SELECT value FROM json_each(?))
         GROUP BY ofEventId`,
        JSON.stringify(eventIds),
      )
      .map(({ ofEventId, fen }) => [ofEventId, fen]),
  );
