import type { BusinessDate } from '../calendar.ts';

/** The claims on one slip, by payment, in the order of their first claims. */
export interface VoucherState {
  readonly claims: Map<string, ClaimState>;
}

export interface ClaimState {
  readonly allocationId: string;
  readonly claimedOn: BusinessDate;
  isFreed: boolean;
}

export const noClaims = (): VoucherState => ({ claims: new Map() });
