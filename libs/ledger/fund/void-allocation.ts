import type { CommandContext } from '../context.ts';
import { refuse, type Decision } from '../decision.ts';
import type { Refusal } from '../refusals.ts';
import type { EntryReversal, FundEvent } from './fund-events.ts';
import type { FundState } from './fund-state.ts';
import { beyondQuota } from './funds-on-hand.ts';
import { acceptUnless, reverseEntry } from './reversed-entry.ts';

/**
 * 作废: the allocation was entered wrongly. Only as it was entered: all of it is still quota, and no
 * request is in flight; what came after is taken back first.
 */
export const voidAllocation = (
  { data }: { readonly data: EntryReversal },
  fund: FundState,
  context: CommandContext,
): Decision<FundEvent> =>
  reverseEntry(data, ['FundsAllocated'], fund, context, ({ amountFen }) => {
    const { treasury, unit } = fund.reserved;
    const reservedFen = treasury + unit;
    if (reservedFen > 0n) return refuse({ code: 'requests-in-flight', reservedFen });
    const [open] = fund.reservations.values();
    if (open) return refuse({ code: 'adjustments-in-flight', adjustmentId: open.adjustmentId });
    const refusal =
      notAsEntered(fund, data.allocationId, amountFen) ??
      beyondQuota(fund, amountFen, context.occurredOn);
    return acceptUnless(refusal, {
      type: 'AllocationVoided',
      data: { ...data, amountFen },
    });
  });

/** Refusal where money is anywhere but in the quota, or the quota is not what was allocated. */
const notAsEntered = (
  { accounts }: FundState,
  allocationId: string,
  amountFen: bigint,
): Refusal | undefined => {
  const { source, quota, ...others } = accounts;
  const isAsEntered =
    quota === amountFen &&
    source === -amountFen &&
    Object.values(others).every((fen) => fen === 0n);
  return isAsEntered
    ? undefined
    : { code: 'allocation-not-as-entered', allocationId, amountFen, unarrivedFen: quota };
};
