import type { BusinessDate } from '../calendar.ts';
import type { CommandContext } from '../context.ts';
import { accept, refuse, type Decision } from '../decision.ts';
import type { Refusal } from '../refusals.ts';
import { unsoundAmount } from '../unsound-amount.ts';
import type { CommandNamed } from './fund-commands.ts';
import type { AdjustmentReservation, FundEvent } from './fund-events.ts';
import { reservationKey, type FundState } from './fund-state.ts';
import { beyondFundsOnHand, beyondFreeQuota } from './funds-on-hand.ts';

/** What a leg of an adjustment will take is set aside: quota that has not arrived, or money on hand. */
export const reserveAdjustment = (
  { data }: CommandNamed<'ReserveAdjustment'>,
  fund: FundState,
  { occurredOn }: CommandContext,
): Decision<FundEvent> => {
  const { adjustmentId, ordinal, direction } = data;
  if (fund.reservations.has(reservationKey(data))) {
    return refuse({ code: 'leg-already-reserved', adjustmentId, ordinal });
  }
  const refusal =
    unsoundAmount(data.amountFen) ??
    (direction === 'decrease' ? beyond(fund, data, occurredOn) : undefined);
  if (refusal) return refuse(refusal);
  return accept({ type: 'AdjustmentReserved', data });
};

const beyond = (
  fund: FundState,
  { account, amountFen }: AdjustmentReservation,
  on: BusinessDate,
): Refusal | undefined =>
  account === 'quota'
    ? beyondFreeQuota(fund, amountFen, on)
    : beyondFundsOnHand(fund, account, amountFen, on);

/** 调增 / 调减: one leg of a document, as it was reserved. */
export const adjustAllocation = (
  { data }: CommandNamed<'AdjustAllocation'>,
  fund: FundState,
): Decision<FundEvent> => {
  const { adjustmentId, ordinal } = data;
  const reserved = fund.reservations.get(reservationKey(data));
  const isAsReserved =
    reserved?.direction === data.direction &&
    reserved.account === data.account &&
    reserved.amountFen === data.amountFen;
  return isAsReserved
    ? accept({ type: 'AllocationAdjusted', data })
    : refuse({ code: 'leg-not-reserved', adjustmentId, ordinal });
};

/** A document that is abandoned gives back what it set aside. */
export const releaseReservation = (
  { data }: CommandNamed<'ReleaseAdjustmentReservation'>,
  fund: FundState,
): Decision<FundEvent> => {
  const { adjustmentId, ordinal } = data;
  return fund.reservations.has(reservationKey(data))
    ? accept({ type: 'AdjustmentReservationReleased', data })
    : refuse({ code: 'leg-not-reserved', adjustmentId, ordinal });
};
