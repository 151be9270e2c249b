import type { CommandContext } from '../context.ts';
import { accept, refuse, type Decision } from '../decision.ts';
import type { AmountToReverse } from './fund-commands.ts';
import type { EntryReversal, FundEvent } from './fund-events.ts';
import type { FundState } from './fund-state.ts';
import { MILESTONES } from './milestones.ts';
import { reverseAmount, reverseEntry } from './reversed-entry.ts';

type Asked = { readonly data: EntryReversal };

/** 撤销结项: the allocation is open again. */
export const reopenAllocation = (
  { data }: Asked,
  fund: FundState,
  context: CommandContext,
): Decision<FundEvent> =>
  reverseEntry(data, ['AllocationClosed'], fund, context, () =>
    accept({ type: 'AllocationReopened', data }),
  );

/** 撤销开工、完工、验收: the newest of them first. */
export const reverseMilestone = (
  { data }: Asked,
  fund: FundState,
  context: CommandContext,
): Decision<FundEvent> =>
  reverseEntry(data, MILESTONE_TYPES, fund, context, ({ type }) => {
    const reached = MILESTONE_TYPES.find((known) => known === type);
    const milestone = reached === undefined ? undefined : MILESTONES[reached];
    return milestone === fund.project && milestone !== undefined
      ? accept({ type: 'MilestoneReversed', data: { ...data, milestone } })
      : refuse({ code: 'later-milestone-first', project: fund.project });
  });

const MILESTONE_TYPES = ['ProjectStarted', 'ProjectCompleted', 'ProjectAccepted'] as const;

/** 撤销资产登记: the asset was registered wrongly; its number is not used again. */
export const reverseAssetRegistration = (
  { data }: Asked,
  fund: FundState,
  context: CommandContext,
): Decision<FundEvent> =>
  reverseEntry(data, ['AssetRegistered'], fund, context, ({ assetId = '' }) =>
    accept({ type: 'AssetRegistrationReversed', data: { ...data, assetId } }),
  );

/** 冲回收益分配: income of the project, which no account of the allocation holds. */
export const reverseBenefit = (
  { data }: { readonly data: AmountToReverse },
  fund: FundState,
  context: CommandContext,
): Decision<FundEvent> =>
  reverseAmount(data, ['BenefitDistributed'], fund, context, (reversal) =>
    accept({ type: 'BenefitReversed', data: reversal }),
  );
