import type { AdjustmentDocument, AdjustmentEvent } from '#ledger/adjustment/adjustment-events';
import type { AdjustmentReservation, FundEvent } from '#ledger/fund/fund-events';
import { allocationId, yuan } from './fund-examples.ts';

export const adjustmentId = 'adjustment-1';

/** The greenhouse gives up 60 万元, which the orchard gets. */
export const adjustmentDocument: AdjustmentDocument = {
  adjustmentId,
  approval: '朔区脱贫巩固组〔2024〕9号',
  decidedOn: '2024-06-01',
  legs: [
    {
      ordinal: 1,
      allocationId,
      direction: 'decrease',
      amountFen: yuan(600_000),
      account: 'quota',
    },
    {
      ordinal: 2,
      allocationId: 'orchard',
      direction: 'increase',
      amountFen: yuan(600_000),
      account: 'quota',
    },
  ],
};

export const reservation: AdjustmentReservation = {
  adjustmentId,
  allocationId,
  ordinal: 1,
  direction: 'decrease',
  account: 'quota',
  amountFen: yuan(600_000),
};

export const reserved = (changes: Partial<AdjustmentReservation> = {}): FundEvent => ({
  type: 'AdjustmentReserved',
  data: { ...reservation, ...changes },
});

export const leg = { ...reservation, approval: adjustmentDocument.approval };

export const refusedLeg = {
  ordinal: 1,
  refusal: 'amount-exceeds-allocated-funds',
};

export const adjustmentApproved: AdjustmentEvent = {
  type: 'AdjustmentApproved',
  data: adjustmentDocument,
};

const [firstLeg] = adjustmentDocument.legs;
/** The greenhouse gives up what nothing gets. */
export const adjustmentWaiting: AdjustmentEvent = {
  type: 'AdjustmentApproved',
  data: {
    ...adjustmentDocument,
    legs: firstLeg === undefined ? [] : [firstLeg],
    doubt: { kind: 'total', differences: [{ differenceFen: -yuan(600_000) }] },
  },
};

export const resolvedToApply: AdjustmentEvent = {
  type: 'AdjustmentResolved',
  data: { adjustmentId, outcome: 'apply' },
};

export const resolvedToRelease: AdjustmentEvent = {
  type: 'AdjustmentResolved',
  data: { adjustmentId, outcome: 'release', refused: refusedLeg },
};
