import type { CommandContext } from '../context.ts';
import { accept, inFuture, refuse, type Decision } from '../decision.ts';
import type { AdjustmentCommand } from './adjustment-commands.ts';
import type { AdjustmentEvent } from './adjustment-events.ts';
import type { AdjustmentState } from './adjustment-state.ts';
import { approveAdjustment } from './approve-adjustment.ts';

/** All that can be asked of an adjustment. */
export const decide = (
  command: AdjustmentCommand,
  adjustment: AdjustmentState,
  context: CommandContext,
): Decision<AdjustmentEvent> => {
  const { adjustmentId } = command.data;
  if (inFuture(context)) {
    return refuse({ code: 'business-date-in-future', occurredOn: context.occurredOn });
  }
  if (command.type === 'ApproveAdjustment') return approveAdjustment(command, adjustment, context);
  if (adjustment.status === 'none') return refuse({ code: 'adjustment-not-found', adjustmentId });
  const { status } = adjustment;
  switch (command.type) {
    case 'WithdrawAdjustment': {
      if (status !== 'waiting') return refuse({ code: 'adjustment-not-waiting', adjustmentId });
      const ground = { kind: 'withdrawn', reason: command.data.reason } as const;
      return accept({ type: 'AdjustmentAbandoned', data: { adjustmentId, ground } });
    }
    case 'ResolveAdjustment':
      return status === 'reserving'
        ? accept({ type: 'AdjustmentResolved', data: command.data })
        : refuse({ code: 'adjustment-not-at-this-step', adjustmentId, status });
    case 'CompleteAdjustment':
      return status === 'applying'
        ? accept({ type: 'AdjustmentCompleted', data: { adjustmentId } })
        : refuse({ code: 'adjustment-not-at-this-step', adjustmentId, status });
    case 'AbandonAdjustment': {
      if (status !== 'releasing') {
        return refuse({ code: 'adjustment-not-at-this-step', adjustmentId, status });
      }
      const ground = { kind: 'refused', ...adjustment.refused } as const;
      return accept({ type: 'AdjustmentAbandoned', data: { adjustmentId, ground } });
    }
    default:
      return command satisfies never;
  }
};
