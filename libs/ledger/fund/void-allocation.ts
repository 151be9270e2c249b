import type { CommandContext } from '../context.ts';
import { accept, refuse, type Decision } from '../decision.ts';
import type { Refusal } from '../refusals.ts';
import type { EntryState } from './entries.ts';
import type { CommandNamed } from './fund-commands.ts';
import type { FundEvent } from './fund-events.ts';
import type { FundState } from './fund-state.ts';
import { beyondQuota } from './funds-on-hand.ts';

/**
 * 作废: the allocation was entered wrongly. Only as it was entered: all of it is still quota, and no
 * request is in flight; what came after is taken back first.
 */
export const voidAllocation = (
  { data }: CommandNamed<'VoidAllocation'>,
  fund: FundState,
  { occurredOn }: CommandContext,
): Decision<FundEvent> => {
  const { treasury, unit } = fund.reserved;
  const reservedFen = treasury + unit;
  if (reservedFen > 0n) return refuse({ code: 'requests-in-flight', reservedFen });
  const [open] = fund.reservations.values();
  if (open) return refuse({ code: 'adjustments-in-flight', adjustmentId: open.adjustmentId });
  const [reversedEventId, { amountFen }] = allocationIn(fund);
  const refusal =
    notAsEntered(fund, data.allocationId, amountFen) ?? beyondQuota(fund, amountFen, occurredOn);
  if (refusal) return refuse(refusal);
  return accept({ type: 'AllocationVoided', data: { ...data, reversedEventId, amountFen } });
};

/** The event that allocated the money. */
const allocationIn = ({ entries }: FundState): readonly [string, EntryState] => {
  for (const entry of entries) if (entry[1].type === 'FundsAllocated') return entry;
  throw new Error('An allocation is voided that was never made.');
};

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
