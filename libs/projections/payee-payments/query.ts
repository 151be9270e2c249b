import type { ReadDatabase } from '../engine/read-database.ts';
import { payeeEndsSql } from '../mergers/payee-mergers.ts';
import type { PayeeEntryRow } from './view.ts';

/** What one payee was paid. A payment counts as made even where it was reversed since. */
export interface PayeeFigures {
  /** Payments less reversals, in fen. */
  readonly paidFen: number;
  /** Reversals, in fen. */
  readonly reversedFen: number;
  readonly payments: number;
  /** Allocations that payments were made out of. */
  readonly allocations: number;
  /** Villages whose money that was; a merged village is its successor. */
  readonly villages: number;
  /** Business days of the first and the last payment; null where none was made. */
  readonly firstPaidOn: string | null;
  readonly lastPaidOn: string | null;
}

export interface PayeeSum extends PayeeFigures {
  readonly payeeId: string;
}

/**
 * Every payee with payments or reversals, or the one asked for; the one paid in most villages first. What a
 * merged payee was paid is its successor's.
 */
export const payeeSums = (db: ReadDatabase, payeeId?: string): readonly PayeeSum[] =>
  db.all<PayeeSum>(
    `${WITH_HOMES}
     SELECT e.payeeId, sum(e.effectFen) AS paidFen,
       coalesce(-sum(e.effectFen) FILTER (WHERE e.kind = 'reversal'), 0) AS reversedFen,
       count(*) FILTER (WHERE e.kind = 'payment') AS payments,
       count(DISTINCT e.allocationId) FILTER (WHERE e.kind = 'payment') AS allocations,
       count(DISTINCT h.placeId) FILTER (WHERE e.kind = 'payment' AND h.level = 'village') AS villages,
       min(e.occurredOn) FILTER (WHERE e.kind = 'payment') AS firstPaidOn,
       max(e.occurredOn) FILTER (WHERE e.kind = 'payment') AS lastPaidOn
     FROM entry e JOIN home h ON h.allocationId = e.allocationId
     WHERE e.effectFen <> 0 AND (?1 IS NULL OR e.payeeId = ?1)
     GROUP BY e.payeeId ORDER BY villages DESC, paidFen DESC, e.payeeId`,
    payeeId ?? null,
  );

/** A payment or a reversal, with the place whose money it is. */
export interface PayeeEntry extends Omit<PayeeEntryRow, 'key' | 'payeeId'> {
  /** The payee that the payment names, where that one is merged since. */
  readonly mergedPayeeId?: string;
  readonly placeId: string;
  readonly placeName: string;
}

/** The payments to one payee and those merged into it, and their reversals, in the order of the log. */
export const payeeEntries = (db: ReadDatabase, payeeId: string): readonly PayeeEntry[] =>
  db
    .all<Omit<PayeeEntry, 'mergedPayeeId'> & { readonly mergedPayeeId: string | null }>(
      `${WITH_HOMES}
     SELECT e.position, e.occurredOn, e.kind, e.paymentId, e.allocationId, h.placeId,
       h.name AS placeName, e.effectFen, nullif(e.paidAs, e.payeeId) AS mergedPayeeId
     FROM entry e JOIN home h ON h.allocationId = e.allocationId
     WHERE e.effectFen <> 0 AND e.payeeId = ? ORDER BY e.position`,
      payeeId,
    )
    .map(({ mergedPayeeId, ...entry }) =>
      mergedPayeeId === null ? entry : { ...entry, mergedPayeeId },
    );

/**
 * The place whose money an allocation is now: its own, or the end of its mergers; and each entry by the
 * payee that its payment is shown under.
 */
const WITH_HOMES = `
  WITH RECURSIVE successor (placeId, atId) AS (
    SELECT placeId, placeId FROM payee_entry_place WHERE mergedInto IS NULL
    UNION ALL
    SELECT p.placeId, s.atId FROM payee_entry_place p JOIN successor s ON p.mergedInto = s.placeId
  ),
  home (allocationId, placeId, level, name) AS (
    SELECT o.allocationId, p.placeId, p.level, p.name FROM payee_entry_home o
    JOIN successor s ON s.placeId = o.placeId JOIN payee_entry_place p ON p.placeId = s.atId
  ),
  ${payeeEndsSql('payee_entry_merger')},
  entry AS (
    SELECT coalesce(m.endId, p.payeeId) AS payeeId, p.payeeId AS paidAs, p.position, p.occurredOn,
      p.kind, p.paymentId, p.allocationId, p.effectFen
    FROM payee_entry p LEFT JOIN payee_end m ON m.payeeId = p.payeeId
  )`;
