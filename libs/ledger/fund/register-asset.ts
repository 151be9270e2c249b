import { accept, refuse, type Decision } from '../decision.ts';
import { unsoundAmount } from '../unsound-amount.ts';
import type { CommandNamed } from './fund-commands.ts';
import type { FundEvent } from './fund-events.ts';
import type { FundState } from './fund-state.ts';

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
