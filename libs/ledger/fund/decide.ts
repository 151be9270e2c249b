import type { CommandContext } from '../context.ts';
import { inFuture, refuse, type Decision } from '../decision.ts';
import { beforeItsFact } from '../order-of-days.ts';
import type { Refusal } from '../refusals.ts';
import { adjustAllocation, releaseReservation, reserveAdjustment } from './adjust-allocation.ts';
import { allocateFunds } from './allocate-funds.ts';
import { acceptProject, completeProject, startProject } from './carry-out-project.ts';
import { classifyAllocation } from './classify-allocation.ts';
import { closeAllocation } from './close-allocation.ts';
import { distributeBenefit } from './distribute-benefit.ts';
import { recallAllocation } from './recall-allocation.ts';
import { recallFunds } from './recall-funds.ts';
import { receiveFunds } from './receive-funds.ts';
import { registerAsset } from './register-asset.ts';
import { releaseFunds } from './release-funds.ts';
import { returnFunds } from './return-funds.ts';
import { disburseFunds } from './disburse-funds.ts';
import type { FundCommand } from './fund-commands.ts';
import type { FundEvent } from './fund-events.ts';
import type { FundState } from './fund-state.ts';
import {
  approveDisbursement,
  rejectDisbursement,
  requestDisbursement,
} from './request-disbursement.ts';
import { reverseDisbursement } from './reverse-disbursement.ts';
import {
  reopenAllocation,
  reverseAssetRegistration,
  reverseBenefit,
  reverseMilestone,
} from './reverse-facts.ts';
import { reverseArrival, reverseRecall, reverseRelease, reverseReturn } from './reverse-funds.ts';
import { voidAllocation } from './void-allocation.ts';
import { noticeWithdrawn } from './withdrawn-notice.ts';

/** All that can be asked of an allocation, at a glance; each verb's rule is in the file it names. */
export const decide = (
  command: FundCommand,
  fund: FundState,
  context: CommandContext,
): Decision<FundEvent> => {
  const common = commonRefusal(command, fund, context);
  if (common) return refuse(common);
  switch (command.type) {
    case 'AllocateFunds':
      return allocateFunds(command, fund, context);
    case 'ReserveAdjustment':
      return reserveAdjustment(command, fund, context);
    case 'AdjustAllocation':
      return adjustAllocation(command, fund);
    case 'ReleaseAdjustmentReservation':
      return releaseReservation(command, fund);
    case 'ClassifyAllocation':
      return classifyAllocation(command);
    case 'ReceiveFunds':
      return receiveFunds(command, fund, context);
    case 'ReleaseFunds':
      return releaseFunds(command, fund, context);
    case 'RequestDisbursement':
      return requestDisbursement(command, fund, context);
    case 'ApproveDisbursement':
      return approveDisbursement(command, fund, context);
    case 'RejectDisbursement':
      return rejectDisbursement(command, fund, context);
    case 'DisburseFunds':
      return disburseFunds(command, fund, context);
    case 'ReverseDisbursement':
      return reverseDisbursement(command, fund, context);
    case 'ReturnFunds':
      return returnFunds(command, fund, context);
    case 'RecallAllocation':
      return recallAllocation(command, fund, context);
    case 'RecallFunds':
      return recallFunds(command, fund, context);
    case 'StartProject':
      return startProject(command, fund);
    case 'CompleteProject':
      return completeProject(command, fund, context);
    case 'AcceptProject':
      return acceptProject(command, fund, context);
    case 'RegisterAsset':
      return registerAsset(command, fund);
    case 'DistributeBenefit':
      return distributeBenefit(command);
    case 'CloseAllocation':
      return closeAllocation(command, fund, context);
    case 'ReverseArrival':
      return reverseArrival(command, fund, context);
    case 'ReverseRelease':
      return reverseRelease(command, fund, context);
    case 'ReverseReturn':
      return reverseReturn(command, fund, context);
    case 'ReverseRecall':
      return reverseRecall(command, fund, context);
    case 'VoidAllocation':
      return voidAllocation(command, fund, context);
    case 'ReopenAllocation':
      return reopenAllocation(command, fund, context);
    case 'ReverseMilestone':
      return reverseMilestone(command, fund, context);
    case 'ReverseAssetRegistration':
      return reverseAssetRegistration(command, fund, context);
    case 'ReverseBenefit':
      return reverseBenefit(command, fund, context);
    default:
      return command satisfies never;
  }
};

/** Commands that take back a fact without money of the allocation: accepted whatever became of it. */
const ALWAYS_ACCEPTED = ['ReverseMilestone', 'ReverseAssetRegistration', 'ReverseBenefit'] as const;

/** Commands still accepted after closing: whatever takes back, return, recall, asset, benefit. */
const ACCEPTED_WHEN_CLOSED: ReadonlySet<FundCommand['type']> = new Set([
  ...ALWAYS_ACCEPTED,
  'ReverseArrival',
  'ReverseRelease',
  'ReverseDisbursement',
  'ReverseReturn',
  'ReverseRecall',
  'VoidAllocation',
  'ReopenAllocation',
  'ReturnFunds',
  'RecallAllocation',
  'RecallFunds',
  'RegisterAsset',
  'DistributeBenefit',
]);

const ACCEPTED_WHEN_VOID: ReadonlySet<FundCommand['type']> = new Set(ALWAYS_ACCEPTED);

/** Refusals that come before any verb's own, in this order. */
const commonRefusal = (
  command: FundCommand,
  fund: FundState,
  context: CommandContext,
): Refusal | undefined => {
  const { type, data } = command;
  const { allocationId } = data;
  const { status, allocatedOn } = fund;
  if (inFuture(context)) {
    return { code: 'business-date-in-future', occurredOn: context.occurredOn };
  }
  if (type === 'AllocateFunds') return undefined;
  if (status === 'none') return { code: 'allocation-not-found', allocationId };
  if (status === 'closed' && !ACCEPTED_WHEN_CLOSED.has(type)) {
    return { code: 'allocation-is-closed', allocationId };
  }
  if (status === 'void' && !ACCEPTED_WHEN_VOID.has(type)) {
    return { code: 'allocation-is-void', allocationId };
  }
  return (
    noticeWithdrawn(command, fund, context) ??
    beforeItsFact(context.occurredOn, 'allocation', allocatedOn)
  );
};
