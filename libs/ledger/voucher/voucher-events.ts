import type { EventOf } from '../decision.ts';
import type { Fen } from '../money.ts';

/**
 * `voucher-<hash of kind, number, payee and amount>`: which payments a slip was claimed for. Where several
 * machines write to one log, a payment claims its slip here before it is made, and no two of them can.
 */
export type VoucherEvent =
  | EventOf<'VoucherClaimed', Claim> // 占用
  | EventOf<'VoucherFreed', FreedClaim>; // 释放: the payment was not made

export interface Claim {
  readonly voucherId: string;
  readonly kind: 'payment';
  /** The number as it was written. */
  readonly voucher: string;
  readonly payeeId: string;
  readonly amountFen: Fen;
  readonly allocationId: string;
  readonly paymentId: string;
  /** Why the slip is paid once more. */
  readonly reason?: string;
}

export interface FreedClaim {
  readonly voucherId: string;
  readonly paymentId: string;
  /** The code of the refusal, or of what else ended the command. */
  readonly why: string;
}
