import { accept, refuse, type Decision } from '../decision.ts';
import type { CommandNamed } from './fund-commands.ts';
import type { FundEvent } from './fund-events.ts';
import type { FundState } from './fund-state.ts';
import { unsoundAmount } from './funds-on-hand.ts';

/** 分类: a later classification replaces an earlier one; both stay in the log with their ground. */
export const classifyAllocation = ({
  data,
}: CommandNamed<'ClassifyAllocation'>): Decision<FundEvent> =>
  accept({ type: 'AllocationClassified', data });

/** 开工. */
export const startProject = (
  { data }: CommandNamed<'StartProject'>,
  { project }: FundState,
): Decision<FundEvent> =>
  project === 'none'
    ? accept({ type: 'ProjectStarted', data })
    : refuse({ code: 'project-already-started' });

/** 完工. */
export const completeProject = (
  { data }: CommandNamed<'CompleteProject'>,
  { project }: FundState,
): Decision<FundEvent> => {
  if (project === 'none') return refuse({ code: 'project-not-started' });
  if (project !== 'started') return refuse({ code: 'project-already-completed' });
  return accept({ type: 'ProjectCompleted', data });
};

/** 验收. */
export const acceptProject = (
  { data }: CommandNamed<'AcceptProject'>,
  { project }: FundState,
): Decision<FundEvent> => {
  if (project === 'accepted') return refuse({ code: 'project-already-accepted' });
  if (project !== 'completed') return refuse({ code: 'project-not-completed' });
  return accept({ type: 'ProjectAccepted', data });
};

/** 资产登记. */
export const registerAsset = (
  { data }: CommandNamed<'RegisterAsset'>,
  { assets }: FundState,
): Decision<FundEvent> => {
  if (assets.has(data.assetId)) {
    return refuse({ code: 'asset-already-registered', assetId: data.assetId });
  }
  const unsound = unsoundAmount(data.originalValueFen);
  if (unsound) return refuse(unsound);
  return accept({ type: 'AssetRegistered', data });
};

/** 收益分配: income of the project, not money of the allocation. */
export const distributeBenefit = ({
  data,
}: CommandNamed<'DistributeBenefit'>): Decision<FundEvent> => {
  const unsound = unsoundAmount(data.amountFen);
  if (unsound) return refuse(unsound);
  return accept({ type: 'BenefitDistributed', data });
};

/** 结项: nothing may be in flight. Money left over stays visible until it is returned. */
export const closeAllocation = (
  { data }: CommandNamed<'CloseAllocation'>,
  { reserved }: FundState,
): Decision<FundEvent> => {
  const reservedFen = reserved.treasury + reserved.unit;
  if (reservedFen > 0n) return refuse({ code: 'requests-in-flight', reservedFen });
  return accept({ type: 'AllocationClosed', data });
};
