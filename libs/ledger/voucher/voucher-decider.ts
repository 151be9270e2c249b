import { accept, refuse, type Decider, type Decision } from '../decision.ts';
import type { Claiming, VoucherCommand } from './voucher-commands.ts';
import type { VoucherEvent } from './voucher-events.ts';
import { noClaims, type VoucherState } from './voucher-state.ts';

const decide = (command: VoucherCommand, voucher: VoucherState): Decision<VoucherEvent> => {
  switch (command.type) {
    case 'ClaimVoucher':
      return claimVoucher(command.data, voucher);
    case 'FreeVoucher':
      return accept({ type: 'VoucherFreed', data: command.data });
    default:
      return command satisfies never;
  }
};

/**
 * 占用: for one payment at a time, unless a reason is given. The same payment may claim again, so that a
 * retry goes on after a crash; it does so with an event, so that an earlier try no longer frees the slip.
 */
const claimVoucher = (
  { takenBack, ...claim }: Claiming,
  { claims }: VoucherState,
): Decision<VoucherEvent> => {
  if (claim.reason === undefined) {
    for (const [paymentId, { allocationId, claimedOn, isFreed }] of claims) {
      if (isFreed || paymentId === claim.paymentId || takenBack.includes(paymentId)) continue;
      const { voucher, payeeId, amountFen } = claim;
      const by = { paymentId, allocationId, occurredOn: claimedOn };
      return refuse({ code: 'voucher-claimed', voucher, payeeId, amountFen, ...by });
    }
  }
  return accept({ type: 'VoucherClaimed', data: claim });
};

/** `voucher-<id>`. */
export const voucherDecider: Decider<VoucherCommand, VoucherState, VoucherEvent> = {
  initialState: noClaims,
  decide,
  evolve: (voucher, event, { occurredOn: claimedOn }) => {
    const { paymentId } = event.data;
    const claim = voucher.claims.get(paymentId);
    if (event.type === 'VoucherClaimed') {
      const { allocationId } = event.data;
      voucher.claims.set(paymentId, { allocationId, claimedOn, isFreed: false });
    } else if (claim !== undefined) claim.isFreed = true;
    return voucher;
  },
};
