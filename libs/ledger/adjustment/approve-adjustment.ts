import type { CommandContext } from '../context.ts';
import { accept, refuse, type Decision } from '../decision.ts';
import { beforeItsFact } from '../order-of-days.ts';
import type { Refusal } from '../refusals.ts';
import { unsoundAmount } from '../unsound-amount.ts';
import type { ApproveAdjustment } from './adjustment-commands.ts';
import type { AdjustmentDocument, AdjustmentEvent } from './adjustment-events.ts';
import type { AdjustmentState } from './adjustment-state.ts';
import { doubtOf } from './doubt.ts';

/** The most legs of one document: all of them stand in one event. */
export const MOST_LEGS = 1_000;

/** 调整文件: recorded as printed. Where it does not add up, with a doubt, and its money waits. */
export const approveAdjustment = (
  { data }: ApproveAdjustment,
  { status }: AdjustmentState,
  { occurredOn }: CommandContext,
): Decision<AdjustmentEvent> => {
  const { adjustmentId, decidedOn } = data;
  if (status !== 'none') return refuse({ code: 'adjustment-already-approved', adjustmentId });
  const unsound = beforeItsFact(occurredOn, 'decision', decidedOn) ?? unsoundLegs(data);
  if (unsound !== undefined) return refuse(unsound);
  const doubt = doubtOf(data.legs);
  return accept({
    type: 'AdjustmentApproved',
    data: doubt === undefined ? data : { ...data, doubt },
  });
};

const unsoundLegs = ({ adjustmentId, legs }: AdjustmentDocument): Refusal | undefined => {
  if (legs.length === 0) return { code: 'adjustment-without-legs', adjustmentId };
  if (legs.length > MOST_LEGS) {
    return { code: 'adjustment-of-too-many-legs', legs: legs.length, most: MOST_LEGS };
  }
  const directions = new Map<string, string>();
  const ordinals = new Set<number>();
  for (const { ordinal, allocationId, direction, amountFen } of legs) {
    const unsound = unsoundAmount(amountFen);
    if (unsound !== undefined) return unsound;
    if (ordinals.has(ordinal)) return { code: 'leg-ordinal-repeated', ordinal };
    ordinals.add(ordinal);
    const before = directions.get(allocationId) ?? direction;
    if (before !== direction) return { code: 'counterpart-is-same-allocation', allocationId };
    directions.set(allocationId, direction);
  }
  return undefined;
};
