import { documentNumberKey } from '#ledger/document-number';
import type { NumberedNotice } from '#ledger/notice/notice-identity';
import type { ReadDatabase } from '../engine/read-database.ts';
import { notice, selectLines, type RegisterLine } from './query.ts';
import type { NoticeRow, PaymentRow } from './tables.ts';

/**
 * Notices whose number or title holds the text, or that rest on a document whose number does; numbers
 * are compared as normalised too.
 */
export const noticesWith = (
  db: ReadDatabase,
  text: string,
  normalisedNumber: string,
  most: number,
): readonly NoticeRow[] =>
  db.all<NoticeRow>(
    `SELECT * FROM notice WHERE instr(documentNumber, ?1) OR instr(documentNumber, ?2)
       OR instr(title, ?1) OR instr(basis, ?1) OR instr(basis, ?2)
     ORDER BY instr(documentNumber, ?1) + instr(documentNumber, ?2) = 0, issuedOn, noticeId LIMIT ?3`,
    text,
    normalisedNumber,
    most,
  );

/** The notice of a document number: of this very spelling if there is one, else of any. */
export const noticeNumbered = (db: ReadDatabase, documentNumber: string): NoticeRow | undefined => {
  const key = documentNumberKey(documentNumber);
  const all = numberedNotices(db);
  const found =
    all.find((one) => one.documentNumber === documentNumber) ??
    all.find((one) => documentNumberKey(one.documentNumber) === key);
  return found === undefined ? undefined : notice(db, found.noticeId);
};

/** What names each notice, withdrawn ones too, the oldest first; of several editions the newest. */
export const numberedNotices = (db: ReadDatabase): readonly NumberedNotice[] =>
  db
    .all<Omit<NumberedNotice, 'isWithdrawn'> & { readonly withdrawnOn: string | null }>(
      `SELECT noticeId, issuer, documentNumber, edition, withdrawnOn FROM notice
       WHERE noticeId NOT IN (SELECT replaces FROM notice WHERE replaces IS NOT NULL)
       ORDER BY issuedOn, noticeId`,
    )
    .map(({ withdrawnOn, ...named }) => ({ ...named, isWithdrawn: withdrawnOn !== null }));

/** Lines whose project or implementer holds the text. */
export const linesOfProject = (
  db: ReadDatabase,
  text: string,
  most: number,
): readonly RegisterLine[] =>
  selectLines(db, 'instr(a.projectName, ?1) OR instr(a.implementer, ?1)', most, text);

/** Lines of exactly this sum, as it was printed or as it is now. */
export const linesOfAmount = (
  db: ReadDatabase,
  amountFen: number,
  most: number,
): readonly RegisterLine[] =>
  selectLines(db, 'a.sourceFen = ?1 OR a.issuedFen = ?2', most, 0 - amountFen, amountFen);

/** Lines whose id is at or after the first text and before the second. */
export const linesWithIdFrom = (
  db: ReadDatabase,
  from: string,
  before: string,
  most: number,
): readonly RegisterLine[] =>
  selectLines(db, 'a.allocationId >= ? AND a.allocationId < ?', most, from, before);

export const paymentsOfAmount = (
  db: ReadDatabase,
  amountFen: number,
  most: number,
): readonly PaymentRow[] =>
  db.all<PaymentRow>(
    'SELECT * FROM payment WHERE amountFen = ? ORDER BY paidOn, paymentId LIMIT ?',
    amountFen,
    most,
  );

/** Payments whose own id, or whose event's id, is at or after the first text and before the second. */
export const paymentsWithIdFrom = (
  db: ReadDatabase,
  from: string,
  before: string,
  most: number,
): readonly PaymentRow[] =>
  db.all<PaymentRow>(
    `SELECT * FROM payment WHERE paymentId >= ?1 AND paymentId < ?2
       OR eventId >= ?1 AND eventId < ?2 ORDER BY paidOn, paymentId LIMIT ?3`,
    from,
    before,
    most,
  );
