import type { AdjustmentDirection } from '#ledger/fund/fund-events';
import type { FundingAccount } from '#ledger/fund/transfer';
import { defineView, type RowsOf } from '../engine/view.ts';
import { table } from '../engine/table.ts';

export interface AdjustmentRow {
  readonly adjustmentId: string;
  /** The document number. */
  readonly approval: string;
  readonly decidedOn: string;
  readonly approvedOn: string;
  readonly approvedAt: number;
  readonly approvedBy: string;
  readonly status: 'waiting' | 'reserving' | 'applying' | 'releasing' | 'completed' | 'abandoned';
  /** JSON of the doubt for which its money waits. */
  readonly doubt: string | null;
  /** JSON of why it was abandoned. */
  readonly ground: string | null;
  /** Position of the event that ended it. */
  readonly endedAt: number | null;
}

export interface AdjustmentLegRow {
  /** `<adjustmentId>/<ordinal>` */
  readonly leg: string;
  readonly adjustmentId: string;
  readonly ordinal: number;
  readonly allocationId: string;
  /** The row of a notice that opens the allocation: `<noticeId>/<annex>/<row>`. */
  readonly line: string | null;
  readonly direction: AdjustmentDirection;
  readonly account: FundingAccount;
  readonly amountFen: number;
  readonly fundingSource: string | null;
  readonly state: 'asked' | 'reserved' | 'applied' | 'released';
  /** The event that applied it. */
  readonly eventId: string | null;
}

const tables = {
  adjustments: table<AdjustmentRow>('adjustment', 'adjustmentId', {
    adjustmentId: 'TEXT',
    approval: 'TEXT',
    decidedOn: 'TEXT',
    approvedOn: 'TEXT',
    approvedAt: 'INTEGER',
    approvedBy: 'TEXT',
    status: 'TEXT',
    doubt: 'TEXT',
    ground: 'TEXT',
    endedAt: 'INTEGER',
  }),
  legs: table<AdjustmentLegRow>(
    'adjustment_leg',
    'leg',
    {
      leg: 'TEXT',
      adjustmentId: 'TEXT',
      ordinal: 'INTEGER',
      allocationId: 'TEXT',
      line: 'TEXT',
      direction: 'TEXT',
      account: 'TEXT',
      amountFen: 'INTEGER',
      fundingSource: 'TEXT',
      state: 'TEXT',
      eventId: 'TEXT',
    },
    { indexed: ['adjustmentId', 'allocationId'] },
  ),
};

type Rows = RowsOf<typeof tables>;

/** Every adjustment document, its legs, and how far each has got. */
export const adjustmentsView = defineView({
  name: 'adjustments',
  version: 1,
  tables,
  on: {
    AdjustmentApproved: ({ adjustments, legs }, { data, occurredOn, position, meta }) => {
      const { adjustmentId, approval, decidedOn, doubt } = data;
      adjustments.put({
        ...{ adjustmentId, approval, decidedOn, approvedOn: occurredOn, approvedAt: position },
        approvedBy: meta['actorId'] ?? '',
        status: doubt === undefined ? 'reserving' : 'waiting',
        doubt: doubt === undefined ? null : JSON.stringify(doubt),
        ground: null,
        endedAt: null,
      });
      for (const { ordinal, line, fundingSource = null, ...leg } of data.legs) {
        const { allocationId, direction, account, amountFen } = leg;
        legs.put({
          leg: `${adjustmentId}/${ordinal}`,
          ...{ adjustmentId, ordinal, allocationId, direction, account, amountFen, fundingSource },
          line: line === undefined ? null : `${line.noticeId}/${line.annex}/${line.row}`,
          state: 'asked',
          eventId: null,
        });
      }
    },
    AdjustmentReserved: (rows, { data }) => changeLeg(rows, data, { state: 'reserved' }),
    AdjustmentReservationReleased: (rows, { data }) => changeLeg(rows, data, { state: 'released' }),
    AllocationAdjusted: (rows, { id: eventId, data: { adjustmentId, ordinal } }) => {
      if (ordinal !== undefined)
        changeLeg(rows, { adjustmentId, ordinal }, { state: 'applied', eventId });
    },
    AdjustmentResolved: (rows, { data: { adjustmentId, outcome } }) =>
      change(rows, adjustmentId, { status: outcome === 'apply' ? 'applying' : 'releasing' }),
    AdjustmentCompleted: (rows, { data: { adjustmentId }, position: endedAt }) =>
      change(rows, adjustmentId, { status: 'completed', endedAt }),
    AdjustmentAbandoned: (rows, { data: { adjustmentId, ground }, position: endedAt }) =>
      change(rows, adjustmentId, { status: 'abandoned', ground: JSON.stringify(ground), endedAt }),
  },
});

const change = (
  { adjustments }: Rows,
  adjustmentId: string,
  changes: Partial<AdjustmentRow>,
): void => {
  const adjustment = adjustments.get(adjustmentId);
  if (adjustment === undefined) throw new Error(`Adjustment ${adjustmentId} was never approved.`);
  adjustments.put({ ...adjustment, ...changes });
};

const changeLeg = (
  { legs }: Rows,
  { adjustmentId, ordinal }: Pick<AdjustmentLegRow, 'adjustmentId' | 'ordinal'>,
  changes: Partial<AdjustmentLegRow>,
): void => {
  const leg = legs.get(`${adjustmentId}/${ordinal}`);
  if (leg === undefined) throw new Error(`Adjustment ${adjustmentId} has no leg ${ordinal}.`);
  legs.put({ ...leg, ...changes });
};
