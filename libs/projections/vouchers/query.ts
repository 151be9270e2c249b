import type { ReadDatabase } from '../engine/read-database.ts';
import type { VoucherRow } from './view.ts';

/** Vouchers whose number begins so, in order of number and log. */
export const vouchersFrom = (
  db: ReadDatabase,
  beginning: string,
  most: number,
): readonly VoucherRow[] =>
  // As a range, so that the index finds the beginning of a number.
  db.all<VoucherRow>(
    `SELECT * FROM voucher WHERE voucher >= ? AND voucher < ?
     ORDER BY voucher, position LIMIT ?`,
    beginning,
    `${beginning}\u{10FFFF}`,
    most,
  );

/** Vouchers whose event's id is at or after the first text and before the second. */
export const vouchersWithEventFrom = (
  db: ReadDatabase,
  from: string,
  before: string,
  most: number,
): readonly VoucherRow[] =>
  db.all<VoucherRow>(
    `SELECT * FROM voucher WHERE eventId >= ? AND eventId < ?
     ORDER BY voucher, position LIMIT ?`,
    from,
    before,
    most,
  );

/** The allocations that one voucher number moved money of, the first recorded first. */
export const allocationIdsOfVoucher = (db: ReadDatabase, voucher: string): readonly string[] =>
  db
    .all<{ allocationId: string }>(
      `SELECT allocationId FROM voucher WHERE voucher = ?
       GROUP BY allocationId ORDER BY min(position)`,
      voucher,
    )
    .map(({ allocationId }) => allocationId);

/** The payments on one slip, by its id, in the order of the log. */
export const paymentsOnVoucher = (
  db: ReadDatabase,
  voucherId: string,
): readonly { readonly allocationId: string; readonly paymentId: string }[] =>
  db.all<{ allocationId: string; paymentId: string }>(
    'SELECT allocationId, paymentId FROM voucher WHERE voucherId = ? ORDER BY position',
    voucherId,
  );
