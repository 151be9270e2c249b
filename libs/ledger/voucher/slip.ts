import type { Fen } from '../money.ts';
import { foldForComparing } from '../printed-text.ts';

/** The number of a slip as one writes it: without spaces, of one width, in capitals. For comparing, not for keeping. */
export const foldVoucher = (voucher: string): string => foldForComparing(voucher).toUpperCase();

/** A slip as an event names it. */
export interface OnVoucher {
  /** Number of the treasury or bank slip. */
  readonly voucher?: string;
  /** Why a voucher that is recorded already is recorded once more. */
  readonly voucherReason?: string;
}

/** What makes two slips of one allocation the same: what they move, their number and their amount. */
export const voucherKey = (type: string, voucher: string, amountFen: Fen): string =>
  `${type} ${amountFen} ${foldVoucher(voucher)}`;

/** The slip among other fields, without what is not stated. */
export const slipOf = ({
  voucher,
  voucherReason,
}: {
  readonly voucher?: string | undefined;
  readonly voucherReason?: string | undefined;
}): OnVoucher => ({
  ...(voucher === undefined ? {} : { voucher }),
  ...(voucherReason === undefined ? {} : { voucherReason }),
});
