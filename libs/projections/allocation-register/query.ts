import type { BusinessDate } from '#ledger/calendar';
import { type AccountSums, toSums, type Sums } from '../money/account-sums.ts';
import type { ReadDatabase } from '../engine/read-database.ts';
import { annexOrder } from './annex-order.ts';
import type { AllocationRow, AnnexRow, NoticeRow, PaymentRow, RequestRow } from './tables.ts';

type RegisterFacts = Omit<AllocationRow, keyof AccountSums | 'issuedFen'>;

/** One line of money as the register shows it. Amounts in fen. */
export interface RegisterLine extends RegisterFacts, Sums {
  readonly documentNumber: string;
}

export interface RegisterFilter {
  readonly noticeId?: string;
  readonly annex?: string;
  readonly placeId?: string;
  readonly fiscalYear?: number;
  readonly projectType?: string;
  readonly status?: AllocationRow['status'];
  /**
   * The last day on which a line may have been allocated: a past view also knows lines of later days,
   * where something earlier names them.
   */
  readonly through?: BusinessDate;
  /** The id after which to go on. */
  readonly after?: string;
  /** Default 1,000. */
  readonly limit?: number;
}

const SELECT_ALLOCATIONS = `
  SELECT a.*, n.documentNumber FROM allocation a JOIN notice n ON n.noticeId = a.noticeId`;

type JoinedRow = AllocationRow & { readonly documentNumber: string };

/** Lines in order of document, annex and row. */
export const allocations = (
  db: ReadDatabase,
  filter: RegisterFilter = {},
): { readonly lines: readonly RegisterLine[]; readonly next?: string } => {
  const { limit = 1_000 } = filter;
  const rows = db.all<JoinedRow>(
    `${SELECT_ALLOCATIONS}
     WHERE (?1 IS NULL OR a.noticeId = ?1) AND (?2 IS NULL OR a.annex = ?2)
       AND (?3 IS NULL OR a.placeId = ?3) AND (?4 IS NULL OR a.fiscalYear = ?4)
       AND (?5 IS NULL OR a.projectType = ?5) AND (?6 IS NULL OR a.status = ?6)
       AND (?7 IS NULL OR (n.issuedOn, a.noticeId, ${annexOrder('a.annex')}, a.line) >
         (SELECT n2.issuedOn, a2.noticeId, ${annexOrder('a2.annex')}, a2.line FROM allocation a2
          JOIN notice n2 ON n2.noticeId = a2.noticeId WHERE a2.allocationId = ?7))
       AND (?8 IS NULL OR a.allocatedOn <= ?8)
     ORDER BY n.issuedOn, a.noticeId, ${annexOrder('a.annex')}, a.line LIMIT ?9`,
    filter.noticeId ?? null,
    filter.annex ?? null,
    filter.placeId ?? null,
    filter.fiscalYear ?? null,
    filter.projectType ?? null,
    filter.status ?? null,
    filter.after ?? null,
    filter.through ?? null,
    limit + 1,
  );
  const lines = rows.slice(0, limit).map(toLine);
  const last = lines.at(-1);
  return rows.length > limit && last !== undefined ? { lines, next: last.allocationId } : { lines };
};

export const allocation = (db: ReadDatabase, allocationId: string): RegisterLine | undefined => {
  const row = db.get<JoinedRow>(`${SELECT_ALLOCATIONS} WHERE a.allocationId = ?`, allocationId);
  return row === undefined ? undefined : toLine(row);
};

/** Lines that meet a condition on `a` (allocation) and `n` (notice), in order of document, annex and row. */
export const selectLines = (
  db: ReadDatabase,
  condition: string,
  most: number,
  ...values: readonly (string | number)[]
): readonly RegisterLine[] =>
  db
    .all<JoinedRow>(
      `${SELECT_ALLOCATIONS} WHERE ${condition}
       ORDER BY n.issuedOn, a.noticeId, ${annexOrder('a.annex')}, a.line LIMIT ${most}`,
      ...values,
    )
    .map(toLine);

/** A notice without its annexes. */
export const notice = (db: ReadDatabase, noticeId: string): NoticeRow | undefined =>
  db.get<NoticeRow>('SELECT * FROM notice WHERE noticeId = ?', noticeId);

export const payment = (db: ReadDatabase, paymentId: string): PaymentRow | undefined =>
  db.get<PaymentRow>('SELECT * FROM payment WHERE paymentId = ?', paymentId);

export interface NoticeEntry extends NoticeRow {
  readonly annexes: readonly Omit<AnnexRow, 'key' | 'noticeId'>[];
  readonly sumFen: number;
}

/** Notices in order of their day, up to one; all where none is named. */
export const notices = (db: ReadDatabase, through?: BusinessDate): readonly NoticeEntry[] =>
  db
    .all<NoticeRow>(
      'SELECT * FROM notice WHERE ?1 IS NULL OR issuedOn <= ?1 ORDER BY issuedOn, noticeId',
      through ?? null,
    )
    .map((notice) => {
      const annexes = db.all<Omit<AnnexRow, 'key' | 'noticeId'>>(
        `SELECT annex, title, statedTotalFen, sumFen, lines FROM notice_annex
       WHERE noticeId = ? ORDER BY ${annexOrder('annex')}`,
        notice.noticeId,
      );
      return { ...notice, annexes, sumFen: annexes.reduce((sum, { sumFen }) => sum + sumFen, 0) };
    });

export const requests = (db: ReadDatabase, allocationId?: string): readonly RequestRow[] =>
  db.all<RequestRow>(
    'SELECT * FROM request WHERE ?1 IS NULL OR allocationId = ?1 ORDER BY requestedOn, requestId',
    allocationId ?? null,
  );

export const payments = (db: ReadDatabase, allocationId?: string): readonly PaymentRow[] =>
  db.all<PaymentRow>(
    'SELECT * FROM payment WHERE ?1 IS NULL OR allocationId = ?1 ORDER BY paidOn, paymentId',
    allocationId ?? null,
  );

const toLine = (row: JoinedRow): RegisterLine => {
  const { sourceFen, quotaFen, advanceFen, issuedFen: _searched, ...shown } = row;
  return { ...shown, ...toSums({ ...shown, sourceFen, quotaFen, advanceFen }) };
};

/** Fiscal years that allocations are of, in order; one alone where it is named and has any. */
export const fiscalYears = (db: ReadDatabase, year?: number): readonly number[] =>
  db
    .all<{ readonly year: number }>(
      'SELECT DISTINCT fiscalYear AS year FROM allocation WHERE ?1 IS NULL OR fiscalYear = ?1 ORDER BY 1',
      year ?? null,
    )
    .map((row) => row.year);

/** Ids of the allocations of a fiscal year, or of all years. */
export const allocationIdsOfYear = (db: ReadDatabase, year?: number): ReadonlySet<string> =>
  new Set(
    db
      .all<{ readonly id: string }>(
        'SELECT allocationId AS id FROM allocation WHERE ?1 IS NULL OR fiscalYear = ?1',
        year ?? null,
      )
      .map(({ id }) => id),
  );
