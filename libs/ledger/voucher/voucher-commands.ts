import type { CommandOf } from '../decision.ts';
import type { Claim, FreedClaim } from './voucher-events.ts';

/** What a payment asks of its slip. No person asks for it, so no role may. */
export type VoucherCommand =
  CommandOf<'ClaimVoucher', Claiming> | CommandOf<'FreeVoucher', FreedClaim>;

export interface Claiming extends Claim {
  /** Payments with a claim on this slip that were taken back in whole: their streams say so. */
  readonly takenBack: readonly string[];
}
