import type { ReadDatabase } from '#projections/engine/read-database';

/** What a trace begins with. */
export type Subject =
  | { readonly kind: 'notice'; readonly noticeId: string; readonly annex?: string }
  | { readonly kind: 'allocation'; readonly allocationId: string }
  | { readonly kind: 'payment'; readonly paymentId: string }
  | { readonly kind: 'payee'; readonly payeeId: string }
  | { readonly kind: 'place'; readonly placeId: string }
  | { readonly kind: 'voucher'; readonly voucher: string };

/** A subject as a text that can be typed again: `payment:<id>`, `voucher:<number>`, `notice:<id>/<annex>`. */
export const referenceOf = (subject: Subject): string => {
  switch (subject.kind) {
    case 'notice':
      return `notice:${subject.noticeId}${subject.annex === undefined ? '' : `/${subject.annex}`}`;
    case 'allocation':
      return `allocation:${subject.allocationId}`;
    case 'payment':
      return `payment:${subject.paymentId}`;
    case 'payee':
      return `payee:${subject.payeeId}`;
    case 'place':
      return `place:${subject.placeId}`;
    case 'voucher':
      return `voucher:${subject.voucher}`;
  }
};

/** The row of the document that an allocation's money comes from. */
export interface ChainHead {
  readonly allocationId: string;
  readonly documentNumber: string;
  readonly title: string;
  readonly issuer: string;
  readonly issuedOn: string;
  /** Document numbers it relies on, separated by 、. */
  readonly basis: string;
  readonly annex: string;
  readonly row: number;
  readonly statedText: string | null;
  readonly place: readonly string[];
  readonly projectName: string | null;
  readonly projectType: string | null;
  readonly implementer: string | null;
}

/** The allocations a subject is about, in the order of their documents. */
export const allocationsOf = (db: ReadDatabase, subject: Subject): readonly string[] => {
  switch (subject.kind) {
    case 'allocation':
      return ids(
        db,
        'SELECT allocationId FROM allocation WHERE allocationId = ?',
        subject.allocationId,
      );
    case 'notice':
      return subject.annex === undefined
        ? ids(db, `${BY_NOTICE} ORDER BY annex, line`, subject.noticeId)
        : ids(
            db,
            `${BY_NOTICE} AND annex = ? ORDER BY annex, line`,
            subject.noticeId,
            subject.annex,
          );
    case 'payment':
      return ids(db, 'SELECT allocationId FROM payment WHERE paymentId = ?', subject.paymentId);
    case 'payee':
      return ids(
        db,
        'SELECT allocationId FROM payment WHERE payeeId = ? GROUP BY 1 ORDER BY min(paidOn), 1',
        subject.payeeId,
      );
    case 'voucher':
      return ids(
        db,
        'SELECT allocationId FROM voucher WHERE voucher = ? GROUP BY 1 ORDER BY min(position)',
        subject.voucher,
      );
    case 'place':
      return ids(
        db,
        `WITH RECURSIVE part (placeId) AS (
           VALUES (?) UNION SELECT p.placeId FROM place p JOIN part ON p.mergedInto = part.placeId
         ) SELECT allocationId FROM allocation JOIN part USING (placeId)
           ORDER BY allocatedOn, noticeId, annex, line`,
        subject.placeId,
      );
  }
};

const BY_NOTICE = 'SELECT allocationId FROM allocation WHERE noticeId = ?';

export const headOf = (db: ReadDatabase, allocationId: string): ChainHead => {
  const row = db.get<
    Omit<ChainHead, 'place'> & Readonly<Record<'county' | 'town' | 'name', string | null>>
  >(
    `SELECT a.allocationId, n.documentNumber, n.title, n.issuer, n.issuedOn, n.basis, a.annex,
       a.line AS row, a.statedText, a.projectName, a.projectType, a.implementer,
       p.name, town.name AS town, county.name AS county
     FROM allocation a JOIN notice n USING (noticeId) JOIN place p USING (placeId)
     LEFT JOIN place town ON town.placeId = p.parentId
     LEFT JOIN place county ON county.placeId = town.parentId
     WHERE a.allocationId = ?`,
    allocationId,
  );
  if (row === undefined) throw new Error(`Allocation ${allocationId} has no document or no place.`);
  const { county, town, name, ...head } = row;
  return { ...head, place: [county, town, name].filter((part) => part !== null) };
};

/** A payee's registered name; persons have none in the ledger. */
export const payeeName = (db: ReadDatabase, payeeId: string): string =>
  db.get<{ name: string | null }>('SELECT name FROM payee WHERE payeeId = ?', payeeId)?.name ??
  `个人 ${payeeId.slice(0, 8)}`;

const ids = (db: ReadDatabase, sql: string, ...values: string[]): readonly string[] =>
  db.all<{ allocationId: string }>(sql, ...values).map(({ allocationId }) => allocationId);
