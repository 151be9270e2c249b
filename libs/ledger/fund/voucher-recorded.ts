import type { Fen } from '../money.ts';
import type { Refusal } from '../refusals.ts';
import { voucherKey, type OnVoucher } from '../voucher/slip.ts';
import type { FundEvent } from './fund-events.ts';
import type { FundState } from './fund-state.ts';

/**
 * Refusal of a voucher that this allocation has for the same amount, as an event of the same type; with
 * a reason it may be recorded once more. A slip may cover several allocations, so others are not asked.
 */
export const voucherRecorded = (
  fund: FundState,
  type: FundEvent['type'],
  { voucher, voucherReason, amountFen }: OnVoucher & { readonly amountFen: Fen },
): Refusal | undefined => {
  if (voucher === undefined || voucherReason !== undefined) return undefined;
  const key = voucherKey(type, voucher, amountFen);
  if (!fund.vouchers.has(key)) return undefined;
  // What was taken back on a voucher leaves it free.
  const earlier = [...fund.entries].findLast(([, one]) => one.voucher === key && !one.isReversed);
  if (earlier === undefined) return undefined;
  const [eventId, { occurredOn }] = earlier;
  return { code: 'voucher-already-recorded', voucher, amountFen, eventId, occurredOn };
};
